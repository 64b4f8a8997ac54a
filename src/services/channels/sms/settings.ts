import { z } from "zod";
import { field, secret } from "#channels/config";
import { voiceFields } from "#channels/elevenlabs/settings";

/** What a company enters to connect its Twilio number (twilio.com/docs/iam/api-keys, "Auth Tokens"). */
export const settings = z.object({
  accountSid: field({
    label: "Account SID",
    help: "It stands on the first page of the Twilio console.",
    placeholder: "AC…",
  }).regex(/^AC[0-9a-fA-F]{32}$/, "An account SID is AC and 32 digits or letters from a to f."),
  authToken: secret({
    label: "Auth token",
    help: "The primary one: Twilio signs its deliveries with no other.",
  }),
  from: field({
    label: "Number or messaging service",
    help: "What customers write to, and what answers come from.",
    placeholder: "+15550100 or MG…",
  }).regex(
    /^(\+[1-9]\d{6,14}|\d{3,6}|MG[0-9a-fA-F]{32})$/,
    "Enter a number such as +15550100, a short code, or the SID of a messaging service.",
  ),
  helpText: field({
    label: "Answer to HELP",
    help: "Sent once to whoever writes HELP: who you are, and that STOP ends it. Left empty, the assistant answers, unless Twilio has.",
    placeholder: "Harbour: questions about your order. Reply STOP to opt out.",
  }).optional(),
  ...voiceFields,
});

/** The same, filled in. */
export type Settings = z.output<typeof settings>;

/** Whether a messaging service chooses the number that answers come from. */
export function hasService({ from }: Settings): boolean {
  return from.startsWith("MG");
}
