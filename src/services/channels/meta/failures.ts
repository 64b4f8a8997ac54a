import { z } from "zod";
import { DeliveryFailure, type FailureKind } from "#channels/failure";
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

const Refusal = z.looseObject({
  error: z.looseObject({ code: z.number(), error_subcode: z.number().optional() }),
});

/** Finds what a platform's code means; undefined where it is none that we know. */
export function meaningOf(meanings: Meanings, code: string, subcode?: string): Meaning | undefined {
  const both = `${code}/${subcode}`;
  return meanings[both] ?? shared[both] ?? meanings[code] ?? shared[code];
}

/** Reads an answer that is no success: what went wrong, in words that hold nothing of what was sent. */
export function refusalOf(
  { status, headers, body }: OutboundAnswer,
  label: string,
  meanings: Meanings,
): DeliveryFailure {
  const error = Refusal.safeParse(jsonOf(body)).data?.error;
  const code = error === undefined ? undefined : String(error.code);
  const subcode = error?.error_subcode === undefined ? undefined : String(error.error_subcode);
  const known = code === undefined ? undefined : meaningOf(meanings, code, subcode);
  const { kind, words, retryAfter } = known ?? byStatus(status, label);
  const named = [code ?? `http_${status}`, subcode].filter(Boolean).join("/");
  return new DeliveryFailure(kind, named, words, { retryAfter: waitOf(headers) ?? retryAfter });
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function byStatus(status: number, label: string): Meaning {
  if (status === 401) return { kind: "revoked", words: `${label} does not accept the access token.` };
  if (status === 429) return { kind: "passing", words: `${label} asks to send more slowly.` };
  // A server that fails may have done its work before.
  if (status >= 500)
    return { kind: "unknown", words: `${label} failed, so it is not known whether it arrived.` };
  return { kind: "permanent", words: `${label} refused it, for a reason that is not known.` };
}

const Usage = z.record(
  z.string(),
  z.array(z.looseObject({ estimated_time_to_regain_access: z.number().optional() })),
);

/** Seconds to wait: Meta tells its own minutes ("Graph API: rate limits"), what stands before it a `retry-after`. */
function waitOf(headers: Headers): number | undefined {
  const asked = Number(headers.get("retry-after") ?? Number.NaN);
  if (Number.isFinite(asked)) return asked;
  const usage =
    Usage.safeParse(jsonOf(Buffer.from(headers.get("x-business-use-case-usage") ?? ""))).data ?? {};
  const minutes = Object.values(usage)
    .flat()
    .map((use) => use.estimated_time_to_regain_access ?? 0);
  const longest = Math.max(0, ...minutes);
  return longest === 0 ? undefined : longest * 60;
}
