import { z } from "zod";
import type { Outside } from "#channels/channel";
import { askElevenLabs } from "./client.ts";
import { type CallReport, readConversation } from "./report.ts";
import type { VoiceSettings } from "./settings.ts";

/** A conversation of the voice agent: how far it is, and once it is over what was said. */
export type VoiceConversation = { status: string; report: CallReport | undefined };

const Conversation = z.looseObject({ status: z.string() });
const mostBytes = 8 * 1024 * 1024;

/** Asks ElevenLabs how far a call is (elevenlabs.io/docs, "Get conversation"). Throws `DeliveryFailure`. */
export async function voiceConversation(
  voiceConversationId: string,
  settings: VoiceSettings,
  outside: Outside,
): Promise<VoiceConversation> {
  const path = ["v1", "convai", "conversations", voiceConversationId];
  const asked = { method: "GET", path, repeatable: true, maxBytes: mostBytes } as const;
  const told = await askElevenLabs(settings, outside, asked, Conversation);
  return { status: told.status, report: readConversation(told, outside.now()) };
}
