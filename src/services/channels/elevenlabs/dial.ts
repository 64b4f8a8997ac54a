import { z } from "zod";
import type { Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import { askElevenLabs } from "./client.ts";
import type { VoiceSettings } from "./settings.ts";

/** Whom a voice agent shall call, and what it knows. */
export type Dialling = { to: string; variables: Record<string, string | number | boolean> };

/** The platforms' ids of a call that was placed, as far as they are told. */
export type Dialled = { voiceConversationId: string | undefined; callSid: string | undefined };

const Told = z.looseObject({
  success: z.boolean(),
  conversation_id: z.string().min(1).nullish(),
  callSid: z.string().min(1).nullish(),
});

/**
 * Has the voice agent call somebody (elevenlabs.io/docs, "Outbound call via Twilio"). Throws `DeliveryFailure`; one of kind
 * `unknown` says that the phone may ring all the same.
 */
export async function dial(
  { to, variables }: Dialling,
  settings: VoiceSettings,
  outside: Outside,
): Promise<Dialled> {
  const { voiceAgentId, voicePhoneNumberId } = settings;
  if (voiceAgentId === undefined || voicePhoneNumberId === undefined) {
    const words = "This number has no voice agent and phone number ID to make calls with.";
    throw new DeliveryFailure("permanent", "no_voice", words);
  }
  const told = await askElevenLabs(
    settings,
    outside,
    {
      method: "POST",
      path: ["v1", "convai", "twilio", "outbound-call"],
      json: {
        agent_id: voiceAgentId,
        agent_phone_number_id: voicePhoneNumberId,
        to_number: to,
        conversation_initiation_client_data: { dynamic_variables: variables },
      },
    },
    Told,
  );
  if (!told.success) {
    throw new DeliveryFailure("permanent", "not_placed", "ElevenLabs could not place the call.");
  }
  return { voiceConversationId: told.conversation_id ?? undefined, callSid: told.callSid ?? undefined };
}
