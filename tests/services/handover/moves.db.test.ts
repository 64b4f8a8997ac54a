import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { State } from "#contracts/conversation";
import type { View } from "#contracts/operator";
import { closeDatabase, openDatabase } from "#lib/db";
import { isAppError } from "#lib/errors";
import type { OperatorWho } from "#services/accounts";
import { append, eventsAfter, findConversation, listConversations, markRead } from "#services/conversations";
import {
  abandon,
  accept,
  assignToOperator,
  handBackToAI,
  initiateEscalation,
  releaseAllOf,
  reopen,
  resolve,
  sendAsOperator,
  takeOver,
  transferToQueue,
} from "#services/handover";
import { aCompany, aConversation, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";

let database: FreshDatabase;
let company: { companyId: string; agentId: string };
let people: [OperatorWho, OperatorWho];

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 12 });
  company = await aCompany();
  people = [await anOperator(company.companyId), await anOperator(company.companyId, { name: "Ben" })];
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

type Act =
  | "escalate"
  | "accept"
  | "takeOver"
  | "assign"
  | "queue"
  | "release"
  | "handBack"
  | "resolve"
  | "abandon"
  | "reopen"
  | "ask"
  | "reply"
  | "note"
  | "read";
type Step = { act: Act; person: 0 | 1 };
type Model = { state: State; holder: 0 | 1 | undefined };

/** DESIGN §6, written down a second time: where each act leads, or nothing where it is a conflict. */
function expected({ state, holder }: Model, { act, person }: Step): Model | undefined {
  const open = state === "ACTIVE" || state === "WAITING_HUMAN" || state === "WITH_HUMAN";
  const free = (to: State): Model => ({ state: to, holder: undefined });
  const held: Model = { state: "WITH_HUMAN", holder: person };
  switch (act) {
    case "escalate":
      return state === "ACTIVE" ? free("WAITING_HUMAN") : undefined;
    case "accept":
      return state === "WAITING_HUMAN" || holder === person ? held : undefined;
    case "takeOver":
      return state === "ACTIVE" || holder === person ? held : undefined;
    case "assign":
      return open && holder !== person ? held : undefined;
    case "release":
      return holder === person ? free("WAITING_HUMAN") : { state, holder };
    case "queue":
      return state === "WITH_HUMAN" ? free("WAITING_HUMAN") : undefined;
    case "handBack":
      return state === "WITH_HUMAN" || state === "WAITING_HUMAN" ? free("ACTIVE") : undefined;
    case "resolve":
      return open ? free("RESOLVED") : undefined;
    case "abandon":
      return state === "ACTIVE" || state === "WAITING_HUMAN" ? free("ABANDONED") : undefined;
    case "reopen":
      return open ? undefined : free("WAITING_HUMAN");
    case "reply":
      if (state === "WAITING_HUMAN") return held;
      return holder === person ? { state, holder } : undefined;
    default:
      return { state, holder };
  }
}

let sent = 0;

async function perform(id: string, { act, person }: Step): Promise<unknown> {
  const who = people[person];
  switch (act) {
    case "escalate":
      return initiateEscalation(who, id, { reason: "manual", sentence: "A person is needed." });
    case "accept":
      return accept(who, id);
    case "takeOver":
      return takeOver(who, id);
    case "assign":
      return assignToOperator(people[1 - person] ?? who, id, who.userId);
    case "queue":
      return transferToQueue(who, id);
    case "release":
      return releaseAllOf(who);
    case "handBack":
      return handBackToAI(who, id);
    case "resolve":
      return resolve(who, id);
    case "abandon":
      return abandon(who, id);
    case "reopen":
      return reopen(who, id);
    case "ask": {
      const words = { author: { kind: "customer" as const }, text: "Hello?" };
      return append(await findConversation(who, id), { now: new Date(), messages: [words] });
    }
    case "reply":
    case "note": {
      sent += 1;
      const audience = act === "note" ? "operators" : "all";
      return sendAsOperator(who, id, { clientId: `c${sent}`, text: "Hello.", audience });
    }
    case "read":
      return markRead(who, id, "operator", 1_000);
  }
}

const acts: Act[] = [
  "escalate",
  "accept",
  "takeOver",
  "assign",
  "queue",
  "release",
  "handBack",
  "resolve",
  "abandon",
  "reopen",
  "ask",
  "reply",
  "note",
  "read",
];
const aStep = fc.record({ act: fc.constantFrom(...acts), person: fc.constantFrom(0 as const, 1 as const) });

async function statesIn(id: string) {
  const { events } = await eventsAfter(company, id, { after: 0, limit: 1_000, audience: "operators" });
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
  return events.flatMap((event) => (event.type === "state" ? [event] : []));
}

describe("the moves of a conversation", () => {
  it("lead where the table says, and are a conflict where it says nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { maxLength: 14 }), async (steps) => {
        const { conversationId: id } = await aConversation(company);
        let model: Model = { state: "ACTIVE", holder: undefined };
        for (const step of steps) {
          const wanted = expected(model, step);
          const thrown = await perform(id, step).then(
            () => undefined,
            (error: unknown) => error,
          );
          if (wanted === undefined) expect(thrown).toMatchObject({ code: "conflict" });
          else expect(thrown).toBeUndefined();
          model = wanted ?? model;
          const { state, operatorId } = await findConversation(company, id);
          expect({ state, operatorId }).toEqual({
            state: model.state,
            operatorId: model.holder === undefined ? undefined : people[model.holder].userId,
          });
        }
        const epochs = (await statesIn(id)).map(({ state }) => state.epoch);
        expect(epochs).toEqual(epochs.map((_, at) => at + 1));
      }),
      { numRuns: 40 },
    );
  });

  it("stay legal when everybody makes them at once", async () => {
    const legal: Record<State, State[]> = {
      ACTIVE: ["WAITING_HUMAN", "WITH_HUMAN", "RESOLVED", "ABANDONED"],
      WAITING_HUMAN: ["WITH_HUMAN", "ACTIVE", "RESOLVED", "ABANDONED"],
      WITH_HUMAN: ["WITH_HUMAN", "WAITING_HUMAN", "ACTIVE", "RESOLVED"],
      RESOLVED: ["WAITING_HUMAN", "ACTIVE"],
      ABANDONED: ["WAITING_HUMAN", "ACTIVE"],
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(aStep, { maxLength: 8 }), { minLength: 3, maxLength: 3 }),
        async (actors) => {
          const { conversationId: id } = await aConversation(company);
          await Promise.all(
            actors.map(async (steps) => {
              for (const step of steps) {
                await perform(id, step).catch((error: unknown) => {
                  if (!isAppError(error) || error.code !== "conflict") throw error;
                });
              }
            }),
          );
          let before: State = "ACTIVE";
          for (const [at, { state }] of (await statesIn(id)).entries()) {
            expect(legal[before]).toContain(state.state);
            expect(state.epoch).toBe(at + 1);
            before = state.state;
          }
          const { state, epoch } = await findConversation(company, id);
          expect(state).toBe(before);
          expect(epoch).toBe((await statesIn(id)).length);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("leave counters that equal what the lists really hold", async () => {
    const views: View[] = ["needs_response", "mine", "all", "ai", "resolved"];
    for (const who of people) {
      for (const view of views) {
        const listed = new Set<string>();
        let cursor: string | undefined;
        let rows = 0;
        let counted = -1;
        do {
          const page = await listConversations(who, {
            view,
            limit: 7,
            ...(cursor !== undefined && { cursor }),
          });
          for (const row of page.rows) listed.add(row.id);
          rows += page.rows.length;
          cursor = page.next;
          counted = page.counts[view];
        } while (cursor !== undefined);
        expect([view, rows, listed.size]).toEqual([view, counted, counted]);
      }
    }
  });
});
