import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { forget, once } from "#lib/registry";
import { addressKey } from "./address.ts";
import { type RateName, type Rule, rateRules } from "./rules.ts";
import { type Count, openSharedCounter, type SharedCounter, type UsedUp } from "./shared-counter.ts";

/** Who is counted under which rule, such as `{ company: id, session: id, ip: address }`. */
export type Counts = Partial<Record<RateName, string | undefined>>;

type Limits = {
  rules: Record<RateName, Rule>;
  inMemory: Map<RateName, RateLimiterMemory>;
  shared: SharedCounter | undefined;
};
type Asked = Count & { name: RateName };

/** Counts one request under every rule named. Throws `rate_limited` with the seconds to wait if any is used up. */
export async function limit(counts: Counts): Promise<void> {
  const asked = order(counts);
  if (asked.length === 0) return;
  const used = await take(asked);
  if (used === undefined) return;
  const name = asked[used.index]?.name ?? "ip";
  throw new AppError("rate_limited", limits().rules[name].message, {
    retryAfter: Math.max(1, Math.ceil(used.waitMs / 1_000)),
    details: { level: name },
  });
}

/** Closes the connection to Redis, if there is one, and forgets what was counted in memory. */
export async function closeRateLimits(): Promise<void> {
  const { shared } = limits();
  forget("rate-limit");
  shared?.close();
}

// The narrowest limit first: whoever is over it must not use up a share of the wider ones.
const narrowFirst: RateName[] = [
  "signInEmail",
  "signIn",
  "openSession",
  "upload",
  "signal",
  "copilot",
  "session",
  "signalIp",
  "uploadIp",
  "ip",
  "webhook",
  "company",
];

function order(counts: Counts): Asked[] {
  const { rules } = limits();
  return narrowFirst.flatMap((name) => {
    const value = counts[name];
    if (value === undefined) return [];
    const { points, seconds, by } = rules[name];
    return [{ name, points, seconds, key: `${name}:${by === "address" ? addressKey(value) : value}` }];
  });
}

async function take(asked: Asked[]): Promise<UsedUp> {
  const { shared } = limits();
  if (shared === undefined) return takeInMemory(asked);
  // While Redis is away each process counts by itself: limited, neither open nor closed.
  return shared.take(asked).catch(() => takeInMemory(asked));
}

async function takeInMemory(asked: Asked[]): Promise<UsedUp> {
  const { inMemory } = limits();
  for (const [index, { name, key }] of asked.entries()) {
    try {
      await inMemory.get(name)?.consume(key);
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      return { index, waitMs: reason.msBeforeNext };
    }
  }
  return undefined;
}

function limits(): Limits {
  return once("rate-limit", () => {
    const rules: Record<RateName, Rule> = rateRules();
    const inMemory = narrowFirst.map(
      (name) =>
        [name, new RateLimiterMemory({ points: rules[name].points, duration: rules[name].seconds })] as const,
    );
    const shared = env.REDIS_URL === undefined ? undefined : openSharedCounter(env.REDIS_URL);
    return { rules, inMemory: new Map(inMemory), shared };
  });
}
