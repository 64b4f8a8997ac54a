import { z } from "zod";
import type { Outside } from "#channels/channel";
import { failedLine } from "#channels/report";
import type { CheckReport } from "#contracts/channel";
import { askElevenLabs } from "./client.ts";
import type { VoiceSettings } from "./settings.ts";

type Line = CheckReport["lines"][number];

const Agent = z.looseObject({ name: z.string().max(200).nullish() });
const PhoneNumber = z.looseObject({
  phone_number: z.string(),
  assigned_agent: z.looseObject({ agent_id: z.string() }).nullish(),
});

/** What is to be said of a number's voice settings, by asking ElevenLabs where there is a key; nothing where none are set. */
export async function voiceLines(settings: VoiceSettings, from: string, outside: Outside): Promise<Line[]> {
  if (Object.values(settings).every((value) => value === undefined)) return [];
  const asked =
    settings.voiceApiKey === undefined
      ? []
      : [voiceAgentLine(settings, outside), numberLine(settings, from, outside)];
  return [...(await Promise.all(asked)).flat(), ...missingLines(settings)];
}

/** What ElevenLabs says of the voice agent; nothing where none is named. */
export async function voiceAgentLine(settings: VoiceSettings, outside: Outside): Promise<Line[]> {
  const { voiceAgentId } = settings;
  if (voiceAgentId === undefined) return [];
  return found(async () => {
    const path = ["v1", "convai", "agents", voiceAgentId];
    const { name } = await askElevenLabs(settings, outside, { method: "GET", path, repeatable: true }, Agent);
    return { ok: true, text: `The voice agent${name ? ` “${name}”` : ""} is there at ElevenLabs.` };
  });
}

async function numberLine(settings: VoiceSettings, from: string, outside: Outside): Promise<Line[]> {
  const { voicePhoneNumberId, voiceAgentId } = settings;
  if (voicePhoneNumberId === undefined) return [];
  return found(async () => {
    const path = ["v1", "convai", "phone-numbers", voicePhoneNumberId];
    const told = await askElevenLabs(
      settings,
      outside,
      { method: "GET", path, repeatable: true },
      PhoneNumber,
    );
    if (from.startsWith("+") && told.phone_number !== from) {
      return { ok: false, text: "The voice phone number ID belongs to another number at ElevenLabs." };
    }
    if (told.assigned_agent?.agent_id !== voiceAgentId) {
      return { ok: false, text: "At ElevenLabs another agent, or none, answers this number." };
    }
    return { ok: true, text: "ElevenLabs answers this number with the voice agent." };
  });
}

async function found(ask: () => Promise<Line>): Promise<Line[]> {
  return [await ask().catch(failedLine)];
}

function missingLines({ voiceAgentId, voicePostCallSecret, voiceInitiationSecret }: VoiceSettings): Line[] {
  const missing = [
    voiceAgentId === undefined && "The voice agent ID is missing: no call can be told apart.",
    voicePostCallSecret === undefined && "The post-call webhook secret is missing: no call is written down.",
    voiceInitiationSecret === undefined &&
      "The conversation-initiation secret is missing: the voice agent does not learn who calls.",
  ];
  return missing.flatMap((text) => (text === false ? [] : [{ ok: false, text }]));
}
