import type { RejectionReason } from "#contracts/connections";
import { AppError } from "#lib/errors";
import { countRejection, type OpenConnection, phoneLines } from "#services/connections";
import { limit } from "#services/rate-limit";

type Verdict = { ok: true } | { ok: false; reason: RejectionReason };

/** A request to an address that all companies share: whom it may concern, and what proves that it does. */
export type Knock = {
  /** Numbers and voice agents that it names, as they are given to connections. */
  names: (string | undefined)[];
  verify(line: OpenConnection): Verdict | Promise<Verdict>;
  /** Whether a line knows what is told; asked where one secret is that of several lines. */
  knows?(line: OpenConnection): Promise<boolean>;
  ip: string;
  now: Date;
};

/**
 * The phone line whose own secret a request proves to know. Throws `unauthenticated` where there is none, with the same words
 * for numbers that nobody has, and `rate_limited`.
 */
export async function signedLine({ names, verify, knows, ip, now }: Knock): Promise<OpenConnection> {
  const known = await phoneLines(names.flatMap((name) => name ?? []));
  const open = known.filter(({ state }) => state !== "paused");
  // A voice agent may speak for many; whose number is named is meant.
  const named = open.filter(({ config }) => names.includes(String(config.from)));
  const lines = named.length > 0 ? named : open;
  const verdicts = await Promise.all(lines.map((line) => verify(line)));
  const signed = await meantOf(
    lines.filter((_, at) => verdicts[at]?.ok),
    knows,
  );
  if (signed === undefined) {
    await limit({ ip });
    await countRefusals(lines, verdicts, now);
    throw new AppError("unauthenticated", "This request is not signed as it has to be.");
  }
  await limit({ webhook: signed.id });
  return signed;
}

/** The line that knows what is told, else the first. */
async function meantOf(lines: OpenConnection[], knows: Knock["knows"]): Promise<OpenConnection | undefined> {
  const [first] = lines;
  if (lines.length < 2 || knows === undefined) return first;
  const known = await Promise.all(lines.map(knows));
  return lines.find((_, at) => known[at]) ?? first;
}

// Whoever set a line up should see that its secret was pasted wrongly.
async function countRefusals(lines: OpenConnection[], verdicts: Verdict[], now: Date): Promise<void> {
  const counted = lines.map((line, at) => {
    const verdict = verdicts[at];
    return verdict?.ok === false ? countRejection(line, verdict.reason, now) : undefined;
  });
  await Promise.all(counted);
}
