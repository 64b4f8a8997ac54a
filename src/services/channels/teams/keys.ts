import { createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import type { Outside } from "#channels/channel";
import { AppError } from "#lib/errors";
import { outbound } from "#lib/outbound-http";
import { once } from "#lib/registry";

/** A key that Microsoft signs with, and the channels it may speak for. */
export type SigningKey = { key: KeyObject; endorsements: string[] };

type KeyRing = { keys: Map<string, SigningKey>; readAt: number; askedAt: number; reading?: Promise<void> };

const day = 86_400_000;
// Between two attempts to read the keys: a stranger's token with an invented key must not become a request each.
const pause = { withKeys: 60_000, without: 5_000 };

const Metadata = z.looseObject({ jwks_uri: z.url() });
const KeySet = z.looseObject({
  keys: z.array(
    z.looseObject({
      kid: z.string().optional(),
      n: z.string().optional(),
      e: z.string().optional(),
      endorsements: z.array(z.string()).nullish(),
    }),
  ),
});

/**
 * The key of this id, as Microsoft publishes it now; read anew each day, and when a key is not among those known
 * (learn.microsoft.com, "Authentication with the Bot Connector API"). Throws `unavailable` while no key could be read yet.
 */
export async function signingKey(keyId: string, outside: Outside): Promise<SigningKey | undefined> {
  const ring = ringOf(outside.bases.teamsOpenId);
  const now = outside.now().getTime();
  if (isDue(ring, keyId, now)) ring.reading ??= renew(ring, outside, now);
  await ring.reading;
  if (ring.keys.size === 0) {
    throw new AppError("unavailable", "Microsoft's signing keys cannot be read right now.", {
      retryAfter: pause.without / 1_000,
    });
  }
  return ring.keys.get(keyId);
}

function ringOf(address: string): KeyRing {
  const rings = once("teams.keys", () => new Map<string, KeyRing>());
  const ring = rings.get(address) ?? { keys: new Map(), readAt: -Infinity, askedAt: -Infinity };
  rings.set(address, ring);
  return ring;
}

function isDue(ring: KeyRing, keyId: string, now: number): boolean {
  const least = ring.keys.size === 0 ? pause.without : pause.withKeys;
  if (now - ring.askedAt < least) return false;
  return !ring.keys.has(keyId) || now - ring.readAt > day;
}

async function renew(ring: KeyRing, outside: Outside, now: number): Promise<void> {
  ring.askedAt = now;
  try {
    ring.keys = await readKeys(outside);
    ring.readAt = now;
  } catch {
    // The keys known so far stay good: Microsoft publishes a new one long before it signs with it.
  } finally {
    ring.reading = undefined;
  }
}

/** Reads the keys that Microsoft publishes. Throws when they cannot be had. */
export async function readKeys(outside: Outside): Promise<Map<string, SigningKey>> {
  const { jwks_uri } = Metadata.parse(await readJson(outside.bases.teamsOpenId, outside));
  const { keys } = KeySet.parse(await readJson(jwks_uri, outside));
  return new Map(
    keys.flatMap(({ kid, n, e, endorsements }) => {
      if (kid === undefined || n === undefined || e === undefined) return [];
      const key = createPublicKey({ format: "jwk", key: { kty: "RSA", n, e } });
      return [[kid, { key, endorsements: endorsements ?? [] }] as const];
    }),
  );
}

async function readJson(url: string, { privateHosts }: Outside): Promise<unknown> {
  const { status, body } = await outbound({ url, privateHosts });
  if (status !== 200) throw new Error(`The signing keys were answered with ${status}.`);
  return JSON.parse(body.toString("utf8"));
}
