import type { Downloaded, Outside } from "#channels/channel";
import { megabyte } from "#channels/media";
import { fetchElevenLabs } from "./client.ts";
import type { VoiceSettings } from "./settings.ts";

/** Fetches what was recorded of a call (elevenlabs.io/docs, "Get conversation audio"). Throws `DeliveryFailure`. */
export async function recording(
  voiceConversationId: string,
  settings: VoiceSettings,
  outside: Outside,
): Promise<Downloaded> {
  const { body, headers } = await fetchElevenLabs(settings, outside, {
    method: "GET",
    path: ["v1", "convai", "conversations", voiceConversationId, "audio"],
    repeatable: true,
    maxBytes: 64 * megabyte,
    timeoutMs: 60_000,
  });
  return { bytes: body, mediaType: headers.get("content-type") ?? undefined, name: undefined };
}
