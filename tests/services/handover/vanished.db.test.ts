import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { RoutingSettings } from "#contracts/desk";
import { closeDatabase, openDatabase, withCompany } from "#lib/db";
import { isAppError } from "#lib/errors";
import { newId } from "#lib/ids";
import type { OperatorWho } from "#services/accounts";
import {
  append,
  eventsAfter,
  findConversation,
  messagesBefore,
  queue,
  snooze,
} from "#services/conversations";
import {
  accept,
  assignToOperator,
  deskJobs,
  releaseAllOf,
  resolve,
  routeQueue,
  saveRouting,
  sendAsOperator,
} from "#services/handover";
import { aCompany, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aWaitingOne, comesIn, lastSeen } from "#support/desk";
import { newSeed, pick, seeded } from "#support/random";

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
  company = await aCompany();
  anna = await anOperator(company.companyId, { name: "Anna", role: "owner" });
  ben = await anOperator(company.companyId, { name: "Ben" });
});

const lookAround = () => deskJobs["desk-look"]?.(undefined) ?? Promise.resolve();
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const stateOf = async (id: string) => (await findConversation(company, id)).state;
const asks = async (id: string) =>
  append(await findConversation(company, id), {
    now: new Date(),
    messages: [{ author: { kind: "customer" }, text: "Hello?" }],
  });
const answers = (who: OperatorWho, id: string) =>
  sendAsOperator(who, id, { clientId: newId(), text: "Hello.", audience: "all" });

/** Two who wait: the first is taken by an operator who was here a moment later and is not seen again. */
async function takenAndLeft(who: OperatorWho) {
  const id = await aWaitingOne(company, { now: minutesAgo(20) });
  const second = await aWaitingOne(company, { now: minutesAgo(10) });
  await accept(who, id);
  await movedBack(id, 8);
  await lastSeen(who, 5 * 60);
  return { id, second };
}

/** Has the operator taken it so many minutes ago. */
async function movedBack(id: string, minutes: number): Promise<void> {
  await withCompany(company.companyId, (tx) =>
    tx.conversation.update({ where: { id }, data: { stateSince: minutesAgo(minutes) } }),
  );
}

describe("an operator who disappears", () => {
  it("gives back what waits for their word, at the place where it stood", async () => {
    const { id, second } = await takenAndLeft(anna);
    await lookAround();
    expect(await queue(company.companyId, 5)).toEqual([id, second]);
    const { messages } = await messagesBefore(company, id, { limit: 5, audience: "all" });
    expect(messages.at(-1)?.notice).toMatchObject({ kind: "released", name: "Anna" });
  });

  it("keeps what waits for its customer, until the customer writes", async () => {
    const { id } = await takenAndLeft(anna);
    await answers(anna, id);
    await lookAround();
    expect(await stateOf(id)).toBe("WITH_HUMAN");
    await asks(id);
    await lookAround();
    expect(await stateOf(id)).toBe("WAITING_HUMAN");
  });

  it("keeps everything where they are seen again", async () => {
    const { id } = await takenAndLeft(anna);
    await comesIn(anna);
    await lookAround();
    expect(await stateOf(id)).toBe("WITH_HUMAN");
  });

  it.each([
    ["seen long ago", async () => lastSeen(ben, 30 * 60)],
    ["never seen", async () => undefined],
  ])("gives back after a while what was given to them when they were gone, %s", async (_, gone) => {
    const { second } = await takenAndLeft(anna);
    await gone();
    await assignToOperator(anna, second, ben.userId);
    await lookAround();
    expect(await stateOf(second)).toBe("WITH_HUMAN");
    await movedBack(second, 8);
    await lookAround();
    expect(await stateOf(second)).toBe("WAITING_HUMAN");
  });

  it("keeps what was given to them when they were gone where they answer from elsewhere, or it is snoozed", async () => {
    const { id, second } = await takenAndLeft(anna);
    await assignToOperator(anna, second, ben.userId);
    await movedBack(second, 8);
    await answers(ben, second);
    await asks(second);
    await snooze(anna, id, new Date(Date.now() + 60_000));
    await lookAround();
    expect([await stateOf(id), await stateOf(second)]).toEqual(["WITH_HUMAN", "WITH_HUMAN"]);
  });

  it("gives back what they put aside, once it wakes and nobody has seen it for a while", async () => {
    const { id } = await takenAndLeft(anna);
    await answers(anna, id);
    const woken = (minutes: number) =>
      withCompany(company.companyId, (tx) =>
        tx.conversation.update({
          where: { id },
          data: { lastMessageAt: minutesAgo(6), wokenAt: minutesAgo(minutes) },
        }),
      );
    await woken(1);
    await lookAround();
    expect(await stateOf(id)).toBe("WITH_HUMAN");
    await woken(3);
    await lookAround();
    expect(await stateOf(id)).toBe("WAITING_HUMAN");
  });

  it("gives back what came to them in the seconds after they had gone", async () => {
    const id = await aWaitingOne(company, { now: minutesAgo(20) });
    await lastSeen(anna, 30);
    await accept(anna, id);
    await lookAround();
    expect(await stateOf(id)).toBe("WITH_HUMAN");
    await lastSeen(anna, 200);
    await movedBack(id, 3);
    await lookAround();
    expect(await stateOf(id)).toBe("WAITING_HUMAN");
  });

  it("is still looked after where they answered in those seconds and the customer writes on", async () => {
    const id = await aWaitingOne(company, { now: minutesAgo(20) });
    await lastSeen(anna, 30);
    await accept(anna, id);
    await answers(anna, id);
    await lastSeen(anna, 200);
    await movedBack(id, 3);
    await lookAround();
    expect(await stateOf(id)).toBe("WITH_HUMAN");
    await asks(id);
    await lookAround();
    expect(await stateOf(id)).toBe("WAITING_HUMAN");
  });

  it("keeps everything where the company never takes back", async () => {
    await saveRouting(anna, { ...RoutingSettings.parse({}), vanishAfterSeconds: null });
    const { id } = await takenAndLeft(anna);
    await lookAround();
    expect(await stateOf(id)).toBe("WITH_HUMAN");
  });
});

describe("an operator who is removed", () => {
  it("gives back all they hold at the places where it stood, and nothing that is another's by now", async () => {
    const { id, second } = await takenAndLeft(anna);
    await answers(anna, id);
    const third = await aWaitingOne(company, { now: minutesAgo(30) });
    await accept(anna, third);
    await assignToOperator(anna, third, ben.userId);
    await releaseAllOf(anna);
    expect(await queue(company.companyId, 5)).toEqual([id, second]);
    expect((await findConversation(company, third)).operatorId).toBe(ben.userId);
  });
});

const seed = newSeed();

describe("a day at the desk", () => {
  it(`never has two holders, strands nobody, and keeps every place (seed ${seed})`, async () => {
    const random = seeded(seed);
    await saveRouting(anna, { ...RoutingSettings.parse({}), mode: "automatic", vanishAfterSeconds: 60 });
    const people = [anna, ben, await anOperator(company.companyId, { name: "Cy" })];
    const ids = await Promise.all(
      Array.from({ length: 12 }, (_, at) => aWaitingOne(company, { now: minutesAgo(60 - at) })),
    );
    const places = new Map(
      await Promise.all(
        ids.map(async (id) => [id, (await findConversation(company, id)).waitingSince] as const),
      ),
    );
    const act = async (): Promise<unknown> => {
      const who = pick(random, people);
      const id = pick(random, ids);
      const chosen = random();
      if (chosen < 0.3) return accept(who, id);
      if (chosen < 0.5) return routeQueue(company);
      if (chosen < 0.6) return comesIn(who);
      if (chosen < 0.75) return lastSeen(who, 120).then(lookAround);
      if (chosen < 0.85) return releaseAllOf(who);
      return answers(who, id);
    };
    const actors = Array.from({ length: 6 }, async () => {
      for (let times = 0; times < 15; times += 1) {
        await act().catch((error: unknown) => {
          if (!isAppError(error) || error.code !== "conflict") throw error;
        });
      }
    });
    await Promise.all(actors);

    for (const id of ids) {
      const { events } = await eventsAfter(company, id, { after: 0, limit: 1_000, audience: "operators" });
      const states = events.flatMap((event) => (event.type === "state" ? [event] : []));
      const hands = states.map(({ move }) => move);
      for (const [at, move] of hands.entries()) {
        if (at === 0) continue;
        expect([move, hands[at - 1]]).toEqual(
          move === "accept" ? ["accept", expect.toBeOneOf(["escalate", "release"])] : ["release", "accept"],
        );
      }
      const { state, operatorId, waitingSince } = await findConversation(company, id);
      expect([state, operatorId !== undefined]).toEqual(
        state === "WITH_HUMAN" ? ["WITH_HUMAN", true] : ["WAITING_HUMAN", false],
      );
      if (state === "WAITING_HUMAN") expect([id, waitingSince]).toEqual([id, places.get(id)]);
    }
    // Whatever is left in line goes to who comes in next.
    for (const who of people) await comesIn(who);
    await routeQueue(company);
    expect(await queue(company.companyId, 20)).toEqual([]);
    for (const id of ids) await resolve(anna, id);
  });
});
