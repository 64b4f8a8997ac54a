import { DeliveryFailure, type FailureKind, networkFailure } from "#channels/failure";

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

/** Says in words what a code of a message that did not arrive means. */
export function wordsFor(code: string): string {
  return meanings[code]?.words ?? `Twilio could not deliver the message (${code}).`;
}

/** Reads an answer of Twilio's that is no success; what it gives holds no number and no words of the message. */
export function refusal(status: number, answered: unknown, retryAfter: number | undefined): DeliveryFailure {
  const code = codeOf(answered) ?? String(status);
  const kind = meanings[code]?.kind ?? kindOf(status);
  const known = meanings[code]?.words ?? standard(kind, code);
  return new DeliveryFailure(kind, code, known, kind === "passing" ? { retryAfter } : {});
}

/** The failure of a mere reading: whatever became of it, it may be done again. */
export function readingFailure(error: unknown): DeliveryFailure {
  const { kind, code, message } = networkFailure(error, "Twilio");
  if (code === "too_large")
    return new DeliveryFailure("permanent", code, "The file is larger than we fetch.");
  if (kind !== "unknown") return new DeliveryFailure(kind, code, message);
  return new DeliveryFailure("passing", code, "Twilio does not answer right now.");
}

function codeOf(answered: unknown): string | undefined {
  if (typeof answered !== "object" || answered === null || !("code" in answered)) return undefined;
  return typeof answered.code === "number" ? String(answered.code) : undefined;
}

function kindOf(status: number): FailureKind {
  if (status === 401) return "revoked";
  if (status === 429 || status === 503) return "passing";
  return status >= 500 ? "unknown" : "permanent";
}

function standard(kind: FailureKind, code: string): string {
  const words: Record<FailureKind, string> = {
    passing: "Twilio takes no messages right now.",
    permanent: `Twilio refused this (${code}).`,
    unknown: "Twilio failed, so it is not known whether it arrived.",
    revoked: token,
  };
  return words[kind];
}
