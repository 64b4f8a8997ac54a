import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RoutingMode, SaveRoutingBody } from "#contracts/desk";
import { RoutingSettings } from "#contracts/desk";
import { closeDatabase, openDatabase, read, withCompany } from "#lib/db";
import type { OperatorWho } from "#services/accounts";
import { append, findConversation, queue } from "#services/conversations";
import {
  accept,
  createTeam,
  initiateEscalation,
  queueBoard,
  resolve,
  routeQueue,
  saveDeskOperator,
  saveRouting,
  takeOver,
  transferToQueue,
  transferToTeam,
} from "#services/handover";
import { aCompany, aConversation, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aWaitingOne, comesIn, jobsOf } from "#support/desk";

let database: FreshDatabase;
let company: { companyId: string; agentId: string };
let owner: OperatorWho;
let anna: OperatorWho;
let ben: OperatorWho;

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 12 });
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
beforeEach(async () => {
  company = await aCompany();
  owner = await anOperator(company.companyId, { name: "Olga", role: "owner" });
  anna = await anOperator(company.companyId, { name: "Anna" });
  ben = await anOperator(company.companyId, { name: "Ben" });
});

const mode = (of: RoutingMode, over: Partial<SaveRoutingBody> = {}) =>
  saveRouting(owner, { ...RoutingSettings.parse({}), mode: of, ...over });
const holder = async (id: string) => (await findConversation(company, id)).operatorId;
const can = (who: OperatorWho, capacity: number, skills: string[] = []) =>
  saveDeskOperator(owner, who.userId, {
    capacity,
    languages: [],
    skills: skills.map((name) => ({ name, level: 1 })),
  });
const alerts = async () =>
  (await jobsOf("notify.operator"))
    .map(({ payload }) => payload)
    .filter((one) => one.companyId === company.companyId);

describe("the language by which it is routed", () => {
  const german = "Guten Tag, ich warte seit drei Wochen auf mein neues Zelt";
  const written = async (text: string) => {
    const { conversationId } = await aConversation(company);
    await append(await findConversation(company, conversationId), {
      now: new Date(),
      messages: [{ author: { kind: "customer" }, text }],
    });
    return conversationId;
  };
  const language = async (id: string) => (await findConversation(company, id)).language;

  it("is that of the customer's words, whichever way it comes into the queue", async () => {
    const team = await createTeam(owner, { name: "Tents", members: [] });
    const ways: ((id: string) => Promise<unknown>)[] = [
      (id) => transferToTeam(anna, id, team.id),
      (id) => takeOver(anna, id).then(() => transferToQueue(anna, id)),
      (id) => initiateEscalation(company, id, { reason: "ai_failure", sentence: "It failed." }),
    ];
    for (const way of ways) {
      const id = await written(german);
      await way(id);
      expect(await language(id)).toBe("de");
    }
  });

  it("is what is known of the customer where their words do not tell", async () => {
    const id = await written("42?");
    const { contactId } = await findConversation(company, id);
    await withCompany(company.companyId, (tx) =>
      tx.contact.update({ where: { id: contactId }, data: { language: "fr" } }),
    );
    await transferToTeam(anna, id, (await createTeam(owner, { name: "All", members: [] })).id);
    expect(await language(id)).toBe("fr");
  });
});

describe("automatic routing", () => {
  it("gives what waits to whoever is here, and tells everybody who has it", async () => {
    await mode("automatic");
    await comesIn(anna);
    const id = await aWaitingOne(company);
    await routeQueue(company);
    expect(await holder(id)).toBe(anna.userId);
    const [row] = await read(
      company.companyId,
      "SELECT accepted_by FROM escalation WHERE company_id = $1 AND conversation_id = $2",
      [company.companyId, id],
    );
    expect(row).toEqual({ accepted_by: anna.userId });
  });

  it("is put in line by the commits that give it something to do", async () => {
    const routed = async () =>
      (await jobsOf("desk.route")).filter(({ key }) => key === `route:${company.companyId}`).length;
    await aWaitingOne(company);
    expect(await routed()).toBe(0);
    await mode("automatic");
    expect(await routed()).toBe(1);
    await routeQueue(company);
    await comesIn(anna);
    expect(await routed()).toBe(1);
  });

  it("leaves in its place what nobody has room for, and gives it on when somebody has", async () => {
    await mode("automatic");
    await can(anna, 1);
    await comesIn(anna);
    const first = await aWaitingOne(company);
    const second = await aWaitingOne(company);
    await routeQueue(company);
    expect([await holder(first), await holder(second)]).toEqual([anna.userId, undefined]);
    await resolve(anna, first);
    await routeQueue(company);
    expect(await holder(second)).toBe(anna.userId);
  });

  it("does not give to whoever is away", async () => {
    await mode("automatic");
    await comesIn(anna, "away");
    const id = await aWaitingOne(company);
    await routeQueue(company);
    expect(await holder(id)).toBeUndefined();
  });

  it("asks who spoke with the customer last before anybody else", async () => {
    await mode("automatic");
    await comesIn(ben);
    const id = await aWaitingOne(company);
    await routeQueue(company);
    await comesIn(anna);
    await append(await findConversation(company, id), {
      now: new Date(),
      change: { move: "transfer", state: "WAITING_HUMAN", waitingSince: new Date() },
    });
    await aWaitingOne(company);
    await routeQueue(company);
    expect(await holder(id)).toBe(ben.userId);
  });

  it("keeps a conversation for who knows what it needs, until it has waited for too long", async () => {
    await mode("automatic", { overflowAfterSeconds: 20 });
    await can(ben, 5, ["billing"]);
    await comesIn(anna);
    const id = await aWaitingOne(company, { attributes: { skills: ["billing"] } });
    await routeQueue(company);
    expect(await holder(id)).toBeUndefined();
    const [again] = (await jobsOf("desk.route")).filter(({ key }) => key === `route-at:${company.companyId}`);
    expect(again?.runAt.getTime()).toBeGreaterThan(Date.now() + 10_000);
    await routeQueue(company, new Date(Date.now() + 21_000));
    expect(await holder(id)).toBe(anna.userId);
  });
});

describe("offering", () => {
  const offering = (over: Partial<SaveRoutingBody> = {}) =>
    mode("offer", {
      chain: [
        { to: { kind: "operator" }, seconds: 30 },
        { to: { kind: "operator" }, seconds: 30 },
        { to: { kind: "push" }, seconds: 60 },
        { to: { kind: "email" }, seconds: 60 },
      ],
      ...over,
    });
  const later = (seconds: number) => new Date(Date.now() + seconds * 1_000);

  it("asks one after the other, then rings, then writes, and then leaves it to everybody", async () => {
    await offering();
    await comesIn(anna);
    await comesIn(ben);
    const id = await aWaitingOne(company);

    await routeQueue(company);
    const [first] = await alerts();
    expect(first).toMatchObject({ kind: "acceptance", conversationId: id });
    const asked = (await queueBoard(company.companyId)).entries[0]?.offered?.operator?.id;
    expect(first?.operatorIds).toEqual([asked]);

    for (const seconds of [31, 62, 123, 184, 400]) await routeQueue(company, later(seconds));

    const [, second, push, email, more] = await alerts();
    expect(second?.operatorIds).toEqual([asked === anna.userId ? ben.userId : anna.userId]);
    expect([push?.via, email?.via, more]).toEqual(["push", "email", undefined]);
    expect(new Set(push?.operatorIds as string[])).toEqual(new Set([owner.userId, anna.userId, ben.userId]));
    expect(await queue(company.companyId, 5)).toEqual([id]);
  });

  it("leaves it to whoever accepts first, asked or not, and asks nobody any more", async () => {
    await offering();
    await comesIn(anna);
    const id = await aWaitingOne(company);
    await routeQueue(company);
    await accept(ben, id);
    await routeQueue(company, later(31));
    expect(await alerts()).toHaveLength(1);
    expect(await holder(id)).toBe(ben.userId);
  });

  it("passes over whoever is gone, and asks the team that is there", async () => {
    const team = await createTeam(owner, { name: "Billing", members: [ben.userId] });
    await offering({
      chain: [
        { to: { kind: "operator", operatorId: anna.userId }, seconds: 30 },
        { to: { kind: "team", teamId: team.id }, seconds: 30 },
      ],
    });
    const id = await aWaitingOne(company);
    await routeQueue(company);
    expect((await alerts()).map(({ operatorIds }) => operatorIds)).toEqual([[ben.userId]]);
    expect((await findConversation(company, id)).teamId).toBe(team.id);
  });

  it("does not offer one operator more at once than they have room for", async () => {
    await offering({ chain: [{ to: { kind: "operator" }, seconds: 30 }] });
    await can(anna, 1);
    await comesIn(anna);
    await aWaitingOne(company);
    await aWaitingOne(company);
    await routeQueue(company);
    expect(await alerts()).toHaveLength(1);
  });

  it("begins the chain only after the time nobody is told", async () => {
    await offering({ chainAfterSeconds: 90 });
    await comesIn(anna);
    await aWaitingOne(company);
    await routeQueue(company);
    expect(await alerts()).toEqual([]);
    const [again] = (await jobsOf("desk.route")).filter(({ key }) => key === `route-at:${company.companyId}`);
    expect(again?.runAt.getTime()).toBeLessThan(later(91).getTime());
  });
});

describe("routing that cannot be", () => {
  const team = () => createTeam(owner, { name: "Billing" });

  it("is refused in a sentence and keeps what was", async () => {
    await mode("automatic");
    const { id: teamId } = await team();
    const step = { to: { kind: "team" as const, teamId }, seconds: 30 };
    await expect(mode("offer", { chain: [step, { ...step, seconds: 60 }] })).rejects.toMatchObject({
      code: "invalid",
      message: "“Billing” stands in the chain twice: it would go round in circles.",
    });
    await expect(mode("offer")).rejects.toMatchObject({ code: "invalid" });
    const stranger = await anOperator((await aCompany()).companyId);
    const foreign = { to: { kind: "operator" as const, operatorId: stranger.userId }, seconds: 30 };
    await expect(mode("offer", { chain: [foreign] })).rejects.toMatchObject({ code: "not_found" });
    const [row] = await read<{ settings: unknown }>(
      company.companyId,
      "SELECT settings FROM routing WHERE company_id = $1",
      [company.companyId],
    );
    expect(row?.settings).toMatchObject({ mode: "automatic" });
  });

  it("lets the first of two who save the same version win", async () => {
    const both = await Promise.allSettled([
      mode("automatic", { version: 0 }),
      mode("manual", { version: 0 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
