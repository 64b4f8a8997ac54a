import type { PushDevice, PushSituation, PushSubscriptionBody } from "#contracts/notifications";
import { browserName } from "#lib/browser-name";
import { hashToken } from "#lib/crypto";
import { read, withCompany } from "#lib/db";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { pushKeys } from "#lib/push-keys";
import { sweepPushEndpoint } from "#lib/sweeps";
import type { OperatorWho } from "#services/accounts";

/** Whoever has more has forgotten most of them; the oldest goes. */
const mostDevices = 20;

/** The key that browsers subscribe with, and the browsers that an operator is told by. */
export async function pushSituation(who: OperatorWho): Promise<PushSituation> {
  const [{ publicKey }, devices] = await Promise.all([pushKeys(), devicesOf(who)]);
  return { publicKey, devices };
}

/**
 * Tells an operator by this browser from now on, for as long as they stay signed in there; whoever was told by it before
 * is so no more. Throws `invalid` for an address that cannot be a push service's.
 */
export async function subscribe(
  who: OperatorWho,
  { endpoint, keys }: PushSubscriptionBody,
  userAgent: string | null,
  now = new Date(),
): Promise<PushDevice> {
  const { companyId, userId, sessionId } = who;
  if (sessionId === undefined)
    throw new AppError("forbidden", "A browser subscribes only while somebody is signed in there.");
  if (!isSecure(endpoint)) throw new AppError("invalid", "A push service is reached over https only.");
  const endpointHash = hashToken(endpoint);
  const before = (await subscriptionsOf(who)).find((each) => each.endpointHash === endpointHash);
  if (before === undefined) await sweepPushEndpoint(endpointHash);
  const row = await withCompany(companyId, async (tx) => {
    const values = { sessionId, p256dh: keys.p256dh, auth: keys.auth, name: browserName(userAgent ?? "") };
    const kept = await tx.pushSubscription.upsert({
      where: { endpointHash },
      create: {
        id: newId(now.getTime()),
        companyId,
        userId,
        endpoint,
        endpointHash,
        createdAt: now,
        ...values,
      },
      update: values,
    });
    await tx.$executeRaw`
      DELETE FROM push_subscription WHERE company_id = ${companyId}::uuid AND id IN (
        SELECT id FROM push_subscription WHERE company_id = ${companyId}::uuid AND user_id = ${userId}::uuid
        ORDER BY created_at DESC, id DESC OFFSET ${mostDevices})`;
    return kept;
  });
  return deviceView(row);
}

/** Tells an operator no more by one of their browsers. Throws `not_found`. */
export async function unsubscribe({ companyId, userId }: OperatorWho, deviceId: string): Promise<void> {
  const { count } = await withCompany(companyId, (tx) =>
    tx.pushSubscription.deleteMany({ where: { id: deviceId, companyId, userId } }),
  );
  if (count === 0) throw new AppError("not_found", "There is no such device.");
}

/** A subscription as pushes are sent to it. */
export type Subscription = {
  id: string;
  endpoint: string;
  endpointHash: string;
  p256dh: string;
  auth: string;
};

/** The browsers of an operator whose sign-in still holds. */
export function subscriptionsOf(who: { companyId: string; userId: string }): Promise<Subscription[]> {
  return read<Subscription>(
    who.companyId,
    `SELECT p.id, p.endpoint, p.endpoint_hash AS "endpointHash", p.p256dh, p.auth
     FROM push_subscription p JOIN session s ON s.id = p.session_id AND s.expires_at > now()
     WHERE p.company_id = $1 AND p.user_id = $2 ORDER BY p.created_at LIMIT ${mostDevices}`,
    [who.companyId, who.userId],
  );
}

/** Removes a subscription that its push service has ended. */
export async function forgetSubscription(companyId: string, id: string): Promise<void> {
  await withCompany(companyId, (tx) => tx.pushSubscription.deleteMany({ where: { id, companyId } }));
}

function isSecure(endpoint: string): boolean {
  const { protocol, host } = new URL(endpoint);
  return protocol === "https:" || env.OUTBOUND_PRIVATE_HOSTS.includes(host);
}

async function devicesOf({ companyId, userId }: OperatorWho): Promise<PushDevice[]> {
  const rows = await withCompany(companyId, (tx) =>
    tx.pushSubscription.findMany({
      where: { companyId, userId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: mostDevices,
    }),
  );
  return rows.map(deviceView);
}

function deviceView(row: { id: string; name: string; createdAt: Date; lastSentAt: Date | null }): PushDevice {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    lastSentAt: row.lastSentAt?.toISOString(),
  };
}
