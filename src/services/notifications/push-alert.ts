import { z } from "zod";
import { alertWords } from "#contracts/alert-words";
import { type AlertKind, type AlertSettings, type AlertView, alertDefaults } from "#contracts/notifications";
import { quietUntil } from "#contracts/quiet-hours";
import { withCompany } from "#lib/db";
import { addJobWithin } from "#lib/jobs";
import { unreadAlert } from "./alert-list.ts";
import { settingsOf } from "./alert-settings.ts";
import { isHere } from "./here.ts";
import { type PushPayload, type PushUrgency, sendPush } from "./push-send.ts";
import { forgetSubscription, subscriptionsOf } from "./push-subscriptions.ts";

const minute = 60_000;
/** How long an open window goes before the devices. */
const headStart = minute;
/** What could not be sent for so long helps nobody any more. */
const patience = 60 * minute;

const urgency: Record<AlertKind, PushUrgency> = {
  escalation: "high",
  offered: "high",
  assigned: "high",
  message: "high",
  mention: "normal",
  sla_warning: "normal",
  sla_breach: "high",
  undelivered: "high",
};

export const PushJob = z.object({ companyId: z.uuid(), sendId: z.uuid() });
type PushJob = z.infer<typeof PushJob>;

/**
 * Sends one alert to one browser, unless it was read meanwhile, its operator wants quiet, or an open window of theirs goes
 * first. Throws `unavailable` where the push service must be asked again.
 */
export async function pushAlert({ companyId, sendId }: PushJob, now = new Date()): Promise<void> {
  const send = await claim(companyId, sendId, now);
  if (send === undefined) return;
  const alert = await unreadAlert(companyId, send.alertId);
  if (alert === undefined) return end(companyId, sendId, "dropped", "read", now);
  if (now.getTime() - send.dueAt.getTime() > patience) return end(companyId, sendId, "dropped", "late", now);

  const settings = (await settingsOf(companyId, [send.userId])).get(send.userId) ?? alertDefaults;
  if (!send.forced && !settings.matrix[alert.kind].push) return end(companyId, sendId, "dropped", "off", now);
  if (quietUntil(settings.quiet, now) !== undefined) return end(companyId, sendId, "dropped", "quiet", now);
  const windowFirst = settings.onlyWhenAway && !send.forced && send.why !== "here";
  if (windowFirst && (await isHere({ companyId, userId: send.userId }))) return wait(companyId, sendId, now);

  const subscription = (await subscriptionsOf({ companyId, userId: send.userId })).find(
    ({ id }) => id === send.subscriptionId,
  );
  if (subscription === undefined) return end(companyId, sendId, "dropped", "signed out", now);
  const outcome = await sendPush(subscription, payloadOf(alert, settings), {
    urgency: urgency[alert.kind],
    seconds: patience / 1_000,
  });
  if (outcome === "gone") await forgetSubscription(companyId, subscription.id);
  else if (outcome === "refused") await end(companyId, sendId, "failed", "refused", now);
  else await sent(companyId, sendId, subscription.id, now);
}

function payloadOf(alert: AlertView, { previews }: AlertSettings): PushPayload {
  const { title, text } = alertWords(alert);
  return {
    key: `${alert.id}:${alert.count}`,
    tag: alert.conversationId,
    title,
    body: previews && alert.preview !== undefined ? `${text}\n${alert.preview}` : text,
    url: `/inbox/${alert.conversationId}`,
  };
}

type Claimed = {
  alertId: string;
  userId: string;
  subscriptionId: string;
  forced: boolean;
  why: string | null;
  dueAt: Date;
};

/** Takes a send for this process; from now on what happens again is put in line anew. */
async function claim(companyId: string, sendId: string, now: Date): Promise<Claimed | undefined> {
  const [row] = await withCompany(
    companyId,
    (tx) => tx.$queryRaw<Claimed[]>`
      UPDATE alert_send SET state = 'sending', tried_at = ${now}
      WHERE company_id = ${companyId}::uuid AND id = ${sendId}::uuid AND state IN ('waiting', 'sending')
      RETURNING alert_id AS "alertId", user_id AS "userId", subscription_id AS "subscriptionId", forced, why, due_at AS "dueAt"`,
  );
  return row;
}

/** Puts a send off for a minute, unless what happened since waits already and takes it along. */
async function wait(companyId: string, sendId: string, now: Date): Promise<void> {
  const runAt = new Date(now.getTime() + headStart);
  const waits = await withCompany(companyId, async (tx) => {
    const count = await tx.$executeRaw`
      UPDATE alert_send s SET state = 'waiting', why = 'here', due_at = ${runAt}
      WHERE s.company_id = ${companyId}::uuid AND s.id = ${sendId}::uuid AND NOT EXISTS (
        SELECT FROM alert_send o WHERE o.company_id = s.company_id AND o.alert_id = s.alert_id
          AND o.subscription_id = s.subscription_id AND o.state = 'waiting')`;
    if (count > 0) await addJobWithin(tx, "alert.push", { companyId, sendId }, { runAt });
    return count > 0;
  });
  if (!waits) await end(companyId, sendId, "dropped", "newer", now);
}

async function end(
  companyId: string,
  sendId: string,
  state: "dropped" | "failed",
  why: string,
  now: Date,
): Promise<void> {
  await withCompany(companyId, (tx) =>
    tx.alertSend.updateMany({ where: { id: sendId, companyId }, data: { state, why, doneAt: now } }),
  );
}

async function sent(companyId: string, sendId: string, subscriptionId: string, now: Date): Promise<void> {
  await withCompany(companyId, async (tx) => {
    await tx.alertSend.updateMany({ where: { id: sendId, companyId }, data: { state: "sent", doneAt: now } });
    await tx.pushSubscription.updateMany({
      where: { id: subscriptionId, companyId },
      data: { lastSentAt: now },
    });
  });
}
