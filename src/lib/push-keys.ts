import webPush from "web-push";
import { callSql } from "#lib/db";
import { env } from "#lib/env";
import { sender } from "#lib/mail";
import { forget, once } from "#lib/registry";
import { isOldSeal, seal, unseal } from "#lib/sealed";

export type PushKeys = {
  publicKey: string;
  privateKey: string;
  /** Where a push service finds whoever runs this installation (RFC 8292, 2.1). */
  subject: string;
};

const bound = "push key";

/**
 * The key pair with which this installation names itself to push services: made once, kept sealed in the database, the
 * same in every process. Throws `unavailable` where BATON_SECRET does not open it.
 */
export function pushKeys(): Promise<PushKeys> {
  return once("push.keys", () =>
    load().catch((error: unknown) => {
      forget("push.keys");
      throw error;
    }),
  );
}

async function load(): Promise<PushKeys> {
  const { publicKey, sealed } = (await kept()) ?? (await make());
  const privateKey = unseal(sealed, bound);
  if (isOldSeal(sealed))
    await callSql("UPDATE push_key SET sealed = $1 WHERE sealed = $2", [seal(privateKey, bound), sealed]);
  return { publicKey, privateKey, subject: subject() };
}

type Kept = { publicKey: string; sealed: string };

async function kept(): Promise<Kept | undefined> {
  const [row] = await callSql<Kept>(`SELECT public_key AS "publicKey", sealed FROM push_key`);
  return row;
}

async function make(): Promise<Kept> {
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  const mine = { publicKey, sealed: seal(privateKey, bound) };
  await callSql("INSERT INTO push_key (public_key, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
    mine.publicKey,
    mine.sealed,
  ]);
  // Another process may have been quicker: then its pair is everybody's.
  return (await kept()) ?? mine;
}

function subject(): string {
  return env.PUBLIC_BASE_URL.startsWith("https://") ? env.PUBLIC_BASE_URL : `mailto:${sender().address}`;
}
