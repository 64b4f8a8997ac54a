import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { NumberId } from "#contracts/analytics";
import { closeDatabase, openDatabase, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { breakdown } from "#services/analytics";
import { customerRates } from "#services/chat";
import { copilotJobs } from "#services/copilot";
import { checkClocks, removePolicy } from "#services/handover";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aHistory } from "#support/history";
import { aCountedCompany, type Counted, later, march, monday } from "./counted.ts";

let database: FreshDatabase;
let counted: Counted;
beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url);
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
beforeEach(async () => {
  counted = await aCountedCompany();
});

const after = (minutes: number) => new Date(monday.getTime() + minutes * 60_000);

/** What a number tells, and what the rows behind it add up to. */
async function both(number: NumberId) {
  const { [number]: told } = await counted.numbers({ numbers: number });
  const rows = await counted.rowsOf(number);
  return { told: told?.total, counting: rows.filter(({ counts }) => counts).length, rows: rows.length };
}

async function parts(number: NumberId, by: "policy" | "outcome" | "topic") {
  const filters = { hours: "all", clock: "wall" } as const;
  const found = await breakdown(counted.company, { ...march, ...filters, number, by }, later);
  return found.parts.map(({ label, rows, value }) => [label, rows, value]);
}

describe("a number whose rows change without a word of the log", () => {
  it("tells of a promise that time alone has broken, and of one that a changed policy measures anew", async () => {
    const { companyId } = counted.company;
    const policy = { companyId, match: {}, hours: { kind: "always" }, targets: { firstResponse: 30 } };
    const id = newId();
    await withCompany(companyId, (tx) => tx.slaPolicy.create({ data: { id, name: "Gold", ...policy } }));
    const { conversationId } = await aHistory(counted.company, monday, [
      [0, "asks"],
      [5, { move: "escalate", state: "WAITING_HUMAN", reason: "keyword" }],
    ]);
    const look = (minutes: number) => checkClocks({ companyId, conversationId }, after(minutes));
    await look(10);
    expect(await both("sla_broken")).toEqual({ told: { value: 0, rows: 0 }, counting: 0, rows: 0 });
    await look(60);
    expect(await both("sla_broken")).toEqual({ told: { value: 1, rows: 1 }, counting: 1, rows: 1 });
    expect(await parts("sla_kept", "policy")).toEqual([["Gold", 1, 0]]);

    await withCompany(companyId, (tx) =>
      tx.slaPolicy.updateMany({ where: { companyId }, data: { targets: { firstResponse: 120 } } }),
    );
    await look(61);
    expect(await both("sla_broken")).toEqual({ told: { value: 0, rows: 0 }, counting: 0, rows: 0 });
  });

  it("tells of promises under a policy that is gone by its name", async () => {
    const { companyId } = counted.company;
    const { passed } = await counted.three();
    await counted.promised(passed.conversationId, "resolution", { met: true });
    const policyId = newId();
    const policy = { id: policyId, name: "Gold", match: {}, hours: { kind: "always" } };
    await withCompany(companyId, async (tx) => {
      await tx.slaPolicy.create({ data: { companyId, ...policy, targets: { resolution: 60 } } });
      await tx.slaClock.updateMany({ where: { companyId }, data: { policyId } });
    });
    const keyed = { by: "policy", part: policyId };
    await counted.numbers();
    expect(await parts("sla_kept", "policy")).toEqual([["Gold", 1, 1]]);
    expect(await counted.rowsOf("sla_kept", keyed)).toHaveLength(1);
    await removePolicy(counted.anna, policyId);
    expect(await parts("sla_kept", "policy")).toEqual([["Gold", 1, 1]]);
    expect(await counted.rowsOf("sla_kept", { ...keyed, part: "Gold" })).toHaveLength(1);
  });

  it("tells of a suggestion that is found to have been used after the reply", async () => {
    const { passed } = await counted.three();
    await counted.suggested(passed.conversationId, ["ignored", "ignored"]);
    const { companyId } = counted.company;
    const job = await withCompany(companyId, async (tx) => {
      const { conversationId } = passed;
      const { id: messageId, createdAt: decidedAt } = await tx.message.findFirstOrThrow({
        where: { conversationId, authorKind: "operator" },
      });
      const passedOver = { topic: "Billing", text: "Let me look.", messageId, decidedAt };
      await tx.suggestion.updateMany({ data: passedOver });
      const { id: suggestionId } = await tx.suggestion.findFirstOrThrow();
      return { companyId, conversationId, messageId, suggestionId };
    });
    expect(await both("copilot_accepted")).toEqual({ told: { value: 0, rows: 1 }, counting: 0, rows: 1 });
    await copilotJobs["suggestion.settle"]?.(job);
    expect(await both("copilot_accepted")).toEqual({ told: { value: 1, rows: 1 }, counting: 1, rows: 1 });
    expect(await parts("copilot_replies", "outcome")).toEqual([["used", 1, 1]]);
    // The topic for which it was suggested, whatever the conversation is about by now.
    expect(await parts("copilot_replies", "topic")).toEqual([["Billing", 1, 1]]);
    expect(await counted.rowsOf("copilot_replies", { by: "outcome", part: "ignored" })).toEqual([]);
  });

  it("tells of a rating as soon as it is given", async () => {
    const { companyId } = counted.company;
    const { answered } = await counted.three();
    const asked = { id: newId(), companyId, conversationId: answered.conversationId, askedAt: monday };
    await withCompany(companyId, async (tx) => {
      const { id: messageId } = await tx.message.findFirstOrThrow({
        where: { conversationId: answered.conversationId },
      });
      await tx.rating.create({ data: { ...asked, of: "ai", name: "Nori", messageId } });
    });
    expect(await both("rating_answered")).toEqual({ told: { value: 0, rows: 1 }, counting: 0, rows: 1 });
    const customer = { companyId, conversationId: answered.conversationId };
    await customerRates(customer as Parameters<typeof customerRates>[0], { score: 4 });
    expect(await both("rating_answered")).toEqual({ told: { value: 1, rows: 1 }, counting: 1, rows: 1 });
  });
});

describe("words on the phone", () => {
  it("make a conversation, and an answer of the assistant, but no response time", async () => {
    await aHistory(counted.company, monday, [
      [0, { speaks: "customer" }],
      [2, { speaks: "agent" }],
    ]);
    const found = await counted.numbers();
    const rows = (id: NumberId) => found[id]?.total.rows;
    expect([rows("conversations"), rows("first_response"), rows("first_response_ai")]).toEqual([1, 0, 0]);
    expect([found.ai_involved?.total.value, found.contained?.total.value]).toEqual([1, 1]);
  });
});
