import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ChainStep, RoutingSettings } from "#contracts/desk";
import { closeDatabase, openDatabase } from "#lib/db";
import type { OperatorWho } from "#services/accounts";
import { findConversation, messagesBefore } from "#services/conversations";
import {
  accept,
  conversationDetail,
  declineConversation,
  deskJobs,
  routeQueue,
  saveRouting,
} from "#services/handover";
import { aCompany, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aWaitingOne, comesIn, forgetJobs, jobsOf } from "#support/desk";

let database: FreshDatabase;
let company: { companyId: string; agentId: string };
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
  await forgetJobs("desk.declined");
  company = await aCompany();
  anna = await anOperator(company.companyId, { name: "Anna" });
  ben = await anOperator(company.companyId, { name: "Ben" });
});

const to = ({ userId }: OperatorWho): ChainStep => ({
  to: { kind: "operator", operatorId: userId },
  seconds: 60,
});

/** A conversation that is offered to Anna, and then to Ben. */
async function anOffer(): Promise<string> {
  const owner = await anOperator(company.companyId, { role: "owner" });
  await saveRouting(owner, { ...RoutingSettings.parse({}), mode: "offer", chain: [to(anna), to(ben)] });
  await comesIn(anna);
  await comesIn(ben);
  const id = await aWaitingOne(company);
  await routeQueue(company);
  return id;
}

const offeredTo = async (id: string) =>
  (await conversationDetail(await findConversation(company, id))).offer?.operator.id;

async function workOff(): Promise<void> {
  for (const { payload } of await jobsOf("desk.declined")) await deskJobs["desk.declined"]?.(payload);
}

const notes = async (id: string) =>
  (await messagesBefore(company, id, { limit: 20, audience: "operators" })).messages
    .filter(({ audience }) => audience === "operators")
    .map(({ text }) => text);

describe("an offer that is declined", () => {
  it("goes to the next of the chain at once, and says why to colleagues alone", async () => {
    const id = await anOffer();
    expect(await offeredTo(id)).toBe(anna.userId);
    await declineConversation(anna, id, { reason: "On a call" });
    await workOff();
    expect(await offeredTo(id)).toBe(ben.userId);
    expect(await notes(id)).toEqual(["Anna declined: On a call"]);
    const shown = await messagesBefore(company, id, { limit: 20, audience: "all" });
    expect(shown.messages.map(({ text }) => text).join()).not.toContain("declined");
  });

  it("waits for everybody once all have declined, and may still be taken by who did", async () => {
    const id = await anOffer();
    await declineConversation(anna, id, {});
    await workOff();
    await forgetJobs("desk.declined");
    await declineConversation(ben, id, {});
    await workOff();
    expect(await offeredTo(id)).toBeUndefined();
    expect(await notes(id)).toEqual(["Anna declined.", "Ben declined."]);
    await accept(anna, id);
    expect((await findConversation(company, id)).operatorId).toBe(anna.userId);
  });

  it("is declined once by two presses at the same moment", async () => {
    const id = await anOffer();
    await Promise.all([declineConversation(anna, id, {}), declineConversation(anna, id, {})]);
    expect(await notes(id)).toEqual(["Anna declined."]);
    expect(await jobsOf("desk.declined")).toHaveLength(1);
  });

  it("leaves the next one's offer alone when the work is done twice", async () => {
    const id = await anOffer();
    await declineConversation(anna, id, {});
    await workOff();
    await workOff();
    expect(await offeredTo(id)).toBe(ben.userId);
  });
});

describe("what cannot be declined", () => {
  it("is an offer to somebody else, or one that somebody took", async () => {
    const id = await anOffer();
    await expect(declineConversation(ben, id, {})).rejects.toMatchObject({
      code: "conflict",
      message: "This conversation is not offered to you, or not any more.",
    });
    await accept(ben, id);
    await expect(declineConversation(anna, id, {})).rejects.toMatchObject({ code: "conflict" });
    expect(await notes(id)).toEqual([]);
  });

  it("is an offer whose time is over", async () => {
    const id = await anOffer();
    const later = new Date(Date.now() + 61_000);
    await expect(declineConversation(anna, id, {}, later)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is another company's conversation", async () => {
    const id = await anOffer();
    const stranger = await anOperator((await aCompany()).companyId);
    await expect(declineConversation(stranger, id, {})).rejects.toMatchObject({ code: "not_found" });
  });
});
