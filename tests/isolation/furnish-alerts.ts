import { alertDefaults } from "#contracts/notifications";
import { withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { sweepStirred } from "#lib/sweeps";
import { alertJobs } from "#services/notifications";
import type { Shop, Stage } from "#support/stage";
import { aSubscription } from "./alert-ways.ts";

/** Lets a shop's owner choose, subscribe a browser and be told of a conversation; a customer was written to, and wants no more. */
export async function furnishAlerts(
  stage: Stage,
  shop: Shop,
  conversationId: string,
): Promise<{ deviceId: string }> {
  const { companyId, owner } = shop;
  const base = "/api/agent/notifications";
  await stage.ask("PUT", `${base}/preferences`, owner.cookie, alertDefaults);
  const device = await stage.ask<{ id: string }>("POST", `${base}/push`, owner.cookie, aSubscription());
  const operatorIds = [owner.who.userId];
  await alertJobs["notify.operator"]?.({
    companyId,
    conversationId,
    kind: "sla_breach",
    operatorIds,
    key: newId(),
  });
  await sweepStirred();
  await withCompany(companyId, async (tx) => {
    await tx.customerLetter.create({ data: { companyId, conversationId, seq: 1, sentAt: new Date() } });
    await tx.letterRefusal.create({ data: { companyId, addressHash: "0".repeat(64) } });
  });
  return { deviceId: device.body.id };
}
