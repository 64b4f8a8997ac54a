import { z } from "zod";
import { field, secret } from "#channels/config";

const id = (label: string) =>
  [/^[A-Za-z0-9_-]{4,100}$/, `${label} holds letters, digits, _ and - only.`] as const;

/**
 * What a phone number needs beside its SMS so that a voice agent of ElevenLabs answers its calls, and makes them
 * (elevenlabs.io/docs, "Twilio native integration"). All of it may be left out.
 */
export const voiceFields = {
  voiceAgentId: field({
    label: "Voice agent ID",
    help: "For calls: the ElevenLabs agent that speaks on this number. Left empty, the number takes SMS alone.",
    placeholder: "agent_…",
  })
    .regex(...id("Voice agent ID"))
    .optional(),
  voicePhoneNumberId: field({
    label: "Voice phone number ID",
    help: "The number's own id at ElevenLabs, which calls to customers are made from.",
    placeholder: "phnum_…",
  })
    .regex(...id("Voice phone number ID"))
    .optional(),
  voiceApiKey: secret({
    label: "ElevenLabs API key",
    help: "Makes calls to customers, and plays their recordings.",
  }).optional(),
  voicePostCallSecret: secret({
    label: "Post-call webhook secret",
    help: "ElevenLabs shows it when you add the post-call webhook: it signs what was said.",
    placeholder: "wsec_…",
  }).optional(),
  voiceInitiationSecret: secret({
    label: "Conversation-initiation secret",
    help: "A long random text of your own. Enter it at ElevenLabs too, as the request header x-baton-secret of the conversation-initiation webhook.",
  })
    .min(16, "Conversation-initiation secret needs 16 characters or more.")
    .optional(),
};

/** The same, as far as it is filled in. */
export type VoiceSettings = z.output<typeof voiceSettings>;

/** Reads them out of a connection's settings. */
export const voiceSettings = z.object(voiceFields);
