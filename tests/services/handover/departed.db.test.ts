import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type ChainStep, type RoutingMode, RoutingSettings } from "#contracts/desk";
import { closeDatabase, openDatabase } from "#lib/db";
import { type OperatorWho, removeMember } from "#services/accounts";
import { jobHandlers } from "#services/chat";
import { findConversation, queue } from "#services/conversations";
import {
  accept,
  conversationDetail,
  createTeam,
  getRouting,
  routeQueue,
  saveRouting,
  saveTeam,
} from "#services/handover";
import { aCompany, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aWaitingOne, comesIn, forgetJobs, jobsOf } from "#support/desk";

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
  for (const task of ["operator.release", "desk.route"]) await forgetJobs(task);
  company = await aCompany();
  owner = await anOperator(company.companyId, { name: "Olga", role: "owner" });
  anna = await anOperator(company.companyId, { name: "Anna" });
  ben = await anOperator(company.companyId, { name: "Ben" });
});

const named = ({ userId }: OperatorWho): ChainStep => ({
  to: { kind: "operator", operatorId: userId },
  seconds: 3_600,
});
const routing = (mode: RoutingMode, chain: ChainStep[] = []) =>
  saveRouting(owner, { ...RoutingSettings.parse({}), mode, chain });
const found = (id: string) => findConversation(company, id);
const offeredTo = async (id: string) => (await conversationDetail(await found(id))).offer?.operator.id;

/** Does what waits in line, and what that puts in line, until nothing is left. */
async function workOff(): Promise<void> {
  for (const task of ["operator.release", "desk.route"]) {
    const waiting = await jobsOf(task);
    await forgetJobs(task);
    for (const { payload } of waiting) await jobHandlers[task]?.(payload);
  }
}

it("gives on at once what is offered to an operator who is removed, however long the offer would stand", async () => {
  await routing("offer", [named(anna), named(ben)]);
  await comesIn(anna);
  await comesIn(ben);
  const id = await aWaitingOne(company);
  await routeQueue(company);
  expect(await offeredTo(id)).toBe(anna.userId);
  await removeMember(owner, anna.userId);
  await workOff();
  expect(await offeredTo(id)).toBe(ben.userId);
});

it("gives what a removed operator holds to whoever else is there", async () => {
  const id = await aWaitingOne(company);
  await accept(anna, id);
  await routing("automatic");
  await comesIn(ben);
  await removeMember(owner, anna.userId);
  await workOff();
  expect((await found(id)).operatorId).toBe(ben.userId);
});

it("leaves to everybody what a chain of people who are all gone cannot offer, and says so to whoever keeps it", async () => {
  await routing("offer", [named(anna), named(ben)]);
  for (const gone of [anna, ben]) await removeMember(owner, gone.userId);
  const id = await aWaitingOne(company);
  await workOff();
  await routeQueue(company);
  expect(await offeredTo(id)).toBeUndefined();
  expect(await queue(company.companyId, 5)).toEqual([id]);
  expect((await getRouting(company.companyId)).warnings).toEqual([
    "Step 1 is passed over: the operator it names is gone.",
    "Step 2 is passed over: the operator it names is gone.",
  ]);
  await accept(owner, id);
});

it("gives to everyone, as soon as a team is emptied, what waited for it", async () => {
  const team = await createTeam(owner, { name: "Billing", members: [ben.userId] });
  await routing("automatic");
  await comesIn(anna);
  const id = await aWaitingOne(company, { attributes: { teamId: team.id } });
  await routeQueue(company);
  expect((await found(id)).operatorId).toBeUndefined();
  await forgetJobs("desk.route");
  const emptied = await saveTeam(owner, team.id, { members: [] });
  expect(emptied.warning).toBe("Nobody is in this team: what waits for it goes to everyone.");
  await workOff();
  expect((await found(id)).operatorId).toBe(anna.userId);
});
