import { Redis } from "ioredis";
import { log } from "#lib/log";

/** One thing to count: at most `points` in `seconds` for this key. */
export type Count = { key: string; points: number; seconds: number };

/** The first count that was used up, and when it begins anew; nothing where all had room. */
export type UsedUp = { index: number; waitMs: number } | undefined;

/** Counts across processes. */
export type SharedCounter = { take(counts: Count[]): Promise<UsedUp>; close(): void };

// All or nothing, in one round trip: who is over one limit uses up nobody's share of another.
const takeAll = `
for i, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[2 * i - 1]) then
    return { i, redis.call('PTTL', key) }
  end
end
for i, key in ipairs(KEYS) do
  if redis.call('INCR', key) == 1 then redis.call('EXPIRE', key, ARGV[2 * i]) end
end
return { 0, 0 }`;

/** Opens counters kept in Redis; `take` throws while Redis is away. */
export function openSharedCounter(url: string): SharedCounter {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 500,
    retryStrategy: (attempt) => Math.min(100 * attempt, 2_000) * (0.5 + Math.random() / 2),
    scripts: { takeAll: { lua: takeAll } },
  });
  redis.on("error", (error: Error) => log.warn({ code: error.name }, "The rate limits cannot reach Redis"));
  const script = redis as Redis & {
    takeAll(keys: number, ...rest: (string | number)[]): Promise<[number, number]>;
  };
  return {
    async take(counts) {
      const keys = counts.map(({ key }) => `baton:rate:${key}`);
      const limits = counts.flatMap(({ points, seconds }) => [points, seconds]);
      const [place, waitMs] = await script.takeAll(keys.length, ...keys, ...limits);
      return place === 0 ? undefined : { index: place - 1, waitMs };
    },
    close: () => redis.disconnect(),
  };
}
