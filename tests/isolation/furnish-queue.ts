import { checkClocks, routeQueue } from "#services/handover";
import { comesIn } from "#support/desk";
import type { Shop, Stage } from "#support/stage";

/** Gives a shop a team with hours, a service level and a chain, and somebody who waits and is offered to its owner. */
export async function furnishQueue(
  stage: Stage,
  shop: Shop,
): Promise<{ teamId: string; scheduleId: string; policyId: string }> {
  const { companyId, owner } = shop;
  const { userId } = owner.who;
  const admin = (method: string, path: string, body: unknown) =>
    stage.ask<{ id: string }>(method, `/api/admin/${path}`, owner.cookie, body);
  const all = [{ from: "00:00", to: "24:00" }];
  const week = {
    monday: all,
    tuesday: all,
    wednesday: all,
    thursday: all,
    friday: all,
    saturday: all,
    sunday: all,
  };
  const hours = await admin("POST", "office-hours", { name: "Office", schedule: { timeZone: "UTC", week } });
  const scheduleId = hours.body.id;
  const team = await admin("POST", "teams", { name: "Billing", members: [userId], scheduleId });
  await admin("PUT", `operators/${userId}`, {
    capacity: 4,
    languages: ["en"],
    skills: [{ name: "refunds", level: 3 }],
  });
  const policy = await admin("POST", "sla-policies", { name: "Silver", targets: { firstResponse: 10 } });
  await admin("PUT", "routing", { mode: "offer", chain: [{ to: { kind: "operator" }, seconds: 60 }] });
  await comesIn(owner.who);
  const chat = await stage.chat(shop);
  await stage.ask("POST", `${chat.base}/escalate`, chat.auth, {});
  await checkClocks({ companyId, conversationId: chat.conversationId });
  await routeQueue({ companyId });
  return { teamId: team.body.id, scheduleId, policyId: policy.body.id };
}
