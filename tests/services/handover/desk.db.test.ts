import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { OperatorDeskBody } from "#contracts/desk";
import type { Schedule } from "#contracts/office-hours";
import { closeDatabase, openDatabase } from "#lib/db";
import { newId } from "#lib/ids";
import { sweepSeen } from "#lib/sweeps";
import { type OperatorWho, removeMember } from "#services/accounts";
import { eventsAfter, findConversation, queue } from "#services/conversations";
import {
  accept,
  createOfficeHours,
  createTeam,
  getDeskOperator,
  getTeam,
  listOfficeHours,
  listTeams,
  removeOfficeHours,
  removeTeam,
  saveDeskOperator,
  saveOfficeHours,
  saveTeam,
  transferToEveryone,
  transferToTeam,
} from "#services/handover";
import { aCompany, aConversation, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aWaitingOne, comesIn, lastSeen } from "#support/desk";

let database: FreshDatabase;
let company: { companyId: string; agentId: string };
let anna: OperatorWho;
let ben: OperatorWho;

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url);
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
beforeEach(async () => {
  company = await aCompany();
  anna = await anOperator(company.companyId, { name: "Anna", role: "owner" });
  ben = await anOperator(company.companyId, { name: "Ben" });
});

const closed = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };
const never: Schedule = { timeZone: "UTC", week: closed, holidays: [] };
const elsewhere = async () => anOperator((await aCompany()).companyId);

describe("a team", () => {
  it("has a name of its own, and people of its company only", async () => {
    const team = await createTeam(anna, { name: "Billing", members: [ben.userId, ben.userId] });
    expect(team.members.map(({ name }) => name)).toEqual(["Ben"]);
    await expect(createTeam(anna, { name: "Billing" })).rejects.toMatchObject({ code: "conflict" });
    const stranger = await elsewhere();
    const foreign = createTeam(anna, { name: "Sales", members: [stranger.userId] });
    await expect(foreign).rejects.toMatchObject({ code: "not_found" });
    await expect(saveTeam(stranger, team.id, { name: "Theirs" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await listTeams(company.companyId)).map(({ name }) => name)).toEqual(["Billing"]);
  });

  it("says so when nobody is left in it, and when the last of them leaves the company", async () => {
    const { id } = await createTeam(anna, { name: "Billing", members: [ben.userId] });
    expect((await getTeam(company.companyId, id)).warning).toBeUndefined();
    await removeMember(anna, ben.userId);
    expect((await getTeam(company.companyId, id)).warning).toMatch(/goes to everyone/);
  });

  it("leaves its conversations in their places for everyone when it is removed", async () => {
    const { id: teamId } = await createTeam(anna, { name: "Billing", members: [ben.userId] });
    const first = await aWaitingOne(company, { attributes: { teamId } });
    const second = await aWaitingOne(company);
    expect(await removeTeam(anna, teamId)).toEqual({ conversations: 1 });
    expect(await queue(company.companyId, 5)).toEqual([first, second]);
    const { events } = await eventsAfter(company, first, { after: 0, limit: 50, audience: "operators" });
    expect(events.at(-1)).toMatchObject({ type: "attributes", by: { name: "Anna" } });
    expect((await findConversation(company, first)).teamId).toBeUndefined();
  });

  it("is given a conversation by its holder, by the AI's, and by the queue, where it keeps its place", async () => {
    const { id: teamId } = await createTeam(anna, { name: "Billing", members: [ben.userId] });
    const waiting = await aWaitingOne(company);
    const behind = await aWaitingOne(company);
    await transferToTeam(anna, waiting, teamId, "It is about an invoice.");
    expect(await queue(company.companyId, 5)).toEqual([waiting, behind]);
    await accept(anna, behind);
    await transferToTeam(anna, behind, teamId);
    const { conversationId: fresh } = await aConversation(company);
    await transferToTeam(anna, fresh, teamId);
    for (const id of [waiting, behind, fresh]) {
      expect(await findConversation(company, id)).toMatchObject({ state: "WAITING_HUMAN", teamId });
    }
    expect((await getTeam(company.companyId, teamId)).waiting).toBe(3);
    await transferToEveryone(anna, waiting);
    expect((await findConversation(company, waiting)).teamId).toBeUndefined();
    await expect(transferToTeam(anna, waiting, newId())).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("an operator at the desk", () => {
  it("begins with room for five, and can be said to know and speak things", async () => {
    const { id: teamId } = await createTeam(anna, { name: "Billing" });
    expect(await getDeskOperator(company.companyId, ben.userId)).toMatchObject({ capacity: 5, skills: [] });
    const skills = [{ name: "refunds", level: 4 }];
    const saved = await saveDeskOperator(anna, ben.userId, {
      capacity: 2,
      languages: ["de", "en"],
      skills,
      teamIds: [teamId],
    });
    expect(saved).toMatchObject({ capacity: 2, languages: ["de", "en"], skills, teams: [{ id: teamId }] });
    const twice = OperatorDeskBody.safeParse({ capacity: 1, languages: [], skills: [...skills, ...skills] });
    expect(twice.error?.issues[0]?.message).toMatch(/twice/);
    const stranger = await elsewhere();
    const body = { capacity: 1, languages: [], skills: [] };
    await expect(saveDeskOperator(anna, stranger.userId, body)).rejects.toMatchObject({ code: "not_found" });
  });

  it("is online, away or offline as they were seen last, and keeps being away while they are here", async () => {
    const status = async () => (await getDeskOperator(company.companyId, ben.userId)).status;
    expect(await status()).toBe("offline");
    await comesIn(ben, "away");
    const beat = { companyId: ben.companyId, userId: ben.userId, chosen: undefined };
    expect(await sweepSeen([beat])).toMatchObject([{ standing: "away" }]);
    expect(await status()).toBe("away");
    await lastSeen(ben, 60);
    expect(await status()).toBe("offline");
    expect(await sweepSeen([beat])).toMatchObject([{ standing: "online" }]);
  });

  it("of another company is never noted here", async () => {
    const stranger = await elsewhere();
    await comesIn({ ...stranger, companyId: company.companyId });
    expect((await getDeskOperator(company.companyId, ben.userId)).status).toBe("offline");
  });
});

describe("office hours", () => {
  it("of a company are the first it sets, and always one", async () => {
    const first = await createOfficeHours(anna, { name: "Office", schedule: never });
    expect(first.isDefault).toBe(true);
    const night = await createOfficeHours(anna, { name: "Night", schedule: never });
    expect(night.isDefault).toBe(false);
    await expect(removeOfficeHours(anna, first.id)).rejects.toMatchObject({ code: "conflict" });
    await saveOfficeHours(anna, night.id, { name: "Night", schedule: never, isDefault: true });
    const all = await listOfficeHours(company.companyId);
    expect(all.map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ["Night", true],
      ["Office", false],
    ]);
    await removeOfficeHours(anna, first.id);
    await removeOfficeHours(anna, night.id);
    expect(await listOfficeHours(company.companyId)).toEqual([]);
  });

  it("have one default also where two make theirs the company's at once", async () => {
    await createOfficeHours(anna, { name: "Office", schedule: never });
    const named = await Promise.all(
      ["A", "B"].map((name) => createOfficeHours(anna, { name, schedule: never })),
    );
    await Promise.all(
      named.map(({ id, name }) => saveOfficeHours(anna, id, { name, schedule: never, isDefault: true })),
    );
    const all = await listOfficeHours(company.companyId);
    expect(all.filter(({ isDefault }) => isDefault)).toHaveLength(1);
  });

  it("of a team that is gone from the list are the company's again", async () => {
    await createOfficeHours(anna, { name: "Office", schedule: never });
    const night = await createOfficeHours(anna, { name: "Night", schedule: never });
    const team = await createTeam(anna, { name: "Billing", scheduleId: night.id });
    expect((await listOfficeHours(company.companyId))[1]?.usedBy.teams).toEqual(["Billing"]);
    await removeOfficeHours(anna, night.id);
    expect((await getTeam(company.companyId, team.id)).scheduleId).toBeUndefined();
  });

  it("of an older version are refused", async () => {
    const { id, version } = await createOfficeHours(anna, { name: "Office", schedule: never });
    await saveOfficeHours(anna, id, { name: "Office", schedule: never, version });
    const stale = saveOfficeHours(anna, id, { name: "Late", schedule: never, version });
    await expect(stale).rejects.toMatchObject({ code: "conflict" });
  });
});
