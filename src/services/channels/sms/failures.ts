import { z } from "zod";
import { DeliveryFailure, type FailureKind, statusFailure } from "#channels/failure";

// Permanent where nothing else is said.
type Meaning = { words: string; kind?: FailureKind };

const notReachable = "The customer's phone cannot be reached.";
const notAllowed = "This number may not send messages there: see its settings in the Twilio console.";
const badNumber = "This is no number that can receive messages.";
const token = "Twilio does not accept the account SID and auth token: enter them again.";
const slower = "Twilio asks to send more slowly.";

/** What Twilio's codes mean for the one who wrote (twilio.com/docs/api/errors). */
const meanings: Record<string, Meaning> = {
  "14107": { words: slower, kind: "passing" },
  "20003": { words: token, kind: "revoked" },
  "20005": { words: "The Twilio account is not active.", kind: "revoked" },
  "20404": { words: "Twilio does not know this account.", kind: "revoked" },
  "20429": { words: slower, kind: "passing" },
  "21211": { words: badNumber },
  "21212": { words: "The sender is no number that Twilio knows." },
  "21408": { words: "The Twilio account may not send messages to this country." },
  "21606": { words: notAllowed },
  "21608": { words: "A Twilio trial account may write to verified numbers only." },
  "21610": { words: "The customer has opted out: they have to send START first." },
  "21611": { words: "Too many messages wait at Twilio.", kind: "passing" },
  "21612": { words: notAllowed },
  "21614": { words: badNumber },
  "21617": { words: "The text is longer than 1600 characters." },
  "21620": { words: "Twilio could not fetch the file." },
  "21659": { words: notAllowed },
  "21660": { words: notAllowed },
  "30001": { words: "Too many messages waited at Twilio." },
  "30002": { words: "The Twilio account is suspended." },
  "30003": { words: notReachable },
  "30004": { words: "The customer's carrier blocks this message." },
  "30005": { words: "The number is unknown or no longer in use." },
  "30006": { words: "This is a landline, or its carrier takes no messages." },
  "30007": { words: "The carrier filtered the message as unwanted." },
  "30008": { words: "The carrier did not deliver the message and gave no reason." },
  "30034": { words: "The sending number is not registered for messages to the United States (A2P 10DLC)." },
  canceled: { words: "The message was canceled before it was sent." },
};

const Refusal = z.looseObject({ code: z.number().transform(String) });

/** Tells why a message that Twilio had taken did not arrive. */
export function wordsOf(code: string): string {
  return meanings[code]?.words ?? `Twilio could not deliver the message (${code}).`;
}

/** Reads an answer of Twilio's that is no success; what it gives holds no number and no words of the message. */
export function refusalOf(
  status: number,
  answered: unknown,
  retryAfter: number | undefined,
): DeliveryFailure {
  const code = Refusal.safeParse(answered).data?.code;
  const known = code === undefined ? undefined : meanings[code];
  if (code === undefined || known === undefined) {
    if (status === 401) return new DeliveryFailure("revoked", code ?? "http_401", token);
    return statusFailure(status, "Twilio", { code, retryAfter });
  }
  return new DeliveryFailure(known.kind ?? "permanent", code, known.words, { retryAfter });
}
