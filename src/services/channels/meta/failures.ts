import { z } from "zod";
import { DeliveryFailure, type FailureKind, statusFailure } from "#channels/failure";
import { jsonIn } from "#channels/json";
import { retryAfter } from "#channels/retry-after";
import type { OutboundAnswer } from "#lib/outbound-http";

type Meaning = { kind: FailureKind; words: string; retryAfter?: number };

/** What the codes of a platform mean to us, by `code`, or by `code/subcode` where the code alone says too little. */
export type Meanings = Record<string, Meaning>;

// "Graph API: error handling". Code 1 is not here: Meta says of it that the message may have been sent.
const shared: Meanings = {
  "2": { kind: "passing", words: "Meta is out of order for the moment." },
  "4": { kind: "passing", words: "The app has reached Meta's limit of requests." },
  "17": { kind: "passing", words: "The account has reached Meta's limit of requests." },
  "32": { kind: "passing", words: "The page has reached Meta's limit of requests." },
  "613": { kind: "passing", words: "Meta's limit of messages is reached." },
  "100/33": { kind: "permanent", words: "Meta does not know this id, or hides it from the access token." },
  "0": { kind: "revoked", words: "Meta does not accept the access token: connect the channel again." },
  "102": { kind: "revoked", words: "The access token has ended: connect the channel again." },
  "190": { kind: "revoked", words: "The access token is no longer valid: connect the channel again." },
  "368": { kind: "permanent", words: "Meta has blocked the account for a breach of its policies." },
};

const Code = z.number().transform(String);
const Refusal = z.looseObject({
  error: z.looseObject({ code: Code, error_subcode: Code.optional() }),
});

/** Finds what a platform's code means; undefined where it is none that we know. */
export function meaningOf(meanings: Meanings, code: string, subcode?: string): Meaning | undefined {
  const both = `${code}/${subcode}`;
  return meanings[both] ?? shared[both] ?? meanings[code] ?? shared[code];
}

/** Reads an answer that is no success: what went wrong, in words that hold nothing of what was sent. */
export function refusalOf(
  answer: OutboundAnswer,
  meanings: Meanings,
  label: string,
  now: Date,
): DeliveryFailure {
  const { status, headers, body } = answer;
  const { code, error_subcode: subcode } = Refusal.safeParse(jsonIn(body)).data?.error ?? {};
  const named = code === undefined ? undefined : [code, subcode].filter(Boolean).join("/");
  const known = code === undefined ? undefined : meaningOf(meanings, code, subcode);
  const wait = waitOf(headers, now) ?? known?.retryAfter;
  if (named === undefined || known === undefined) {
    if (status === 401) {
      return new DeliveryFailure(
        "revoked",
        named ?? "http_401",
        `${label} does not accept the access token.`,
      );
    }
    // Meta's own word for being away is code 2: a bare 503 comes from between us, where the message may have passed.
    const meant = status === 503 ? 502 : status;
    return statusFailure(meant, label, { code: named ?? `http_${status}`, retryAfter: wait });
  }
  return new DeliveryFailure(known.kind, named, known.words, { retryAfter: wait });
}

const Usage = z.record(
  z.string(),
  z.array(z.looseObject({ estimated_time_to_regain_access: z.number().optional() })),
);

/** Seconds to wait: Meta tells its own minutes ("Graph API: rate limits"), what stands before it a `retry-after`. */
function waitOf(headers: Headers, now: Date): number | undefined {
  const asked = retryAfter(headers, now);
  if (asked !== undefined) return asked;
  const usage = Usage.safeParse(jsonIn(headers.get("x-business-use-case-usage") ?? "")).data ?? {};
  const minutes = Object.values(usage)
    .flat()
    .map((use) => use.estimated_time_to_regain_access ?? 0);
  const longest = Math.max(0, ...minutes);
  return longest === 0 ? undefined : longest * 60;
}
