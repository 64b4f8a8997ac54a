import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, openDatabase, pool } from "#lib/db";
import { newId } from "#lib/ids";
import { append, type ConversationRecord, findConversation } from "#services/conversations";
import { aCompany, aConversation } from "#support/company";
import { type FreshDatabase, freshDatabase, lookBehind } from "#support/database";
import { newSeed } from "#support/random";
import { type Rival, storm } from "./append-rival.ts";
import { poisons, type Told, told, World } from "./append-world.ts";

let database: FreshDatabase;
let admin: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 4 });
  admin = await lookBehind(database);
});
afterAll(async () => {
  await admin.end();
  await closeDatabase();
  await database.drop();
});

// Whatever was sent: no log has a gap, and no counter says other than its list.
afterEach(async () => {
  const gaps = await admin.query(
    `SELECT c.id, head, count(e.seq), max(e.seq) FROM conversation c LEFT JOIN event e ON e.conversation_id = c.id
     GROUP BY c.id HAVING head <> count(e.seq) OR head <> coalesce(max(e.seq), 0)`,
  );
  expect(gaps.rows).toEqual([]);
  const miscounted = await admin.query(
    `SELECT * FROM (SELECT company_id, name, sum(value) AS told FROM counter GROUP BY 1, 2) AS counted
     FULL JOIN (SELECT company_id, unnest(conversation_views(c)) AS name, count(*) AS listed FROM conversation c GROUP BY 1, 2)
       AS list USING (company_id, name)
     WHERE coalesce(told, 0) <> coalesce(listed, 0)`,
  );
  expect(miscounted.rows).toEqual([]);
});

/** Conversations of a new company, in the order in which commits lock them. */
async function conversationsOf<All extends ConversationRecord[]>(count: All["length"]): Promise<All> {
  const company = await aCompany();
  const made: ConversationRecord[] = [];
  for (let n = 0; n < count; n += 1) {
    const place = await aConversation(company);
    made.push(await findConversation(place, place.conversationId));
  }
  return made.sort((a, b) => (a.id < b.id ? -1 : 1)) as All;
}

type One = ConversationRecord;

const says = (text: string, more = {}) => ({
  now: new Date(),
  messages: [{ author: { kind: "customer" as const }, text, ...more }],
});

/** How many commits this database had to end because they waited for each other. */
async function deadlocks(): Promise<number> {
  // A connection tells what it counted at the latest when it ends.
  await closeDatabase();
  await until(
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    0,
  );
  openDatabase(database.url, { max: 1 });
  const { rows } = await admin.query(
    "SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()",
  );
  return rows[0].deadlocks;
}

describe("commands sent at once", () => {
  it("leave the same rows and get the same answers as those sent one by one", async () => {
    const rounds = fc.array(fc.array(told, { minLength: 1, maxLength: 16 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        const [one, other] = [await World.make(admin), await World.make(admin)];
        for (const round of all) {
          const inTurn = await prepared(one, round);
          const answers: PromiseSettledResult<unknown>[] = [];
          for (const send of inTurn) answers.push(...(await Promise.allSettled([send()])));
          const atOnce = await prepared(other, round);
          const answersAtOnce = await Promise.allSettled(atOnce.map((send) => send()));

          expect(other.named(answersAtOnce)).toEqual(one.named(answers));
        }
        expect(await other.stored()).toEqual(await one.stored());
      }),
      { numRuns: 40 },
    );
  });

  it.each(poisons)("are stored without the one that cannot be: %s", async (act) => {
    const world = await World.make(admin);
    const round: Told[] = [
      { at: 0, act: "repeat", which: 0 },
      { at: 1, act: "say", which: 0 },
      { at: 0, act, which: 0 },
      { at: 0, act: "ask", which: 0 },
      { at: 2, act: "move", which: 1 },
    ];

    const answers = await Promise.allSettled((await prepared(world, round)).map((send) => send()));

    expect(answers.map(({ status }) => status)).toEqual([
      ...["fulfilled", "fulfilled", "rejected", "fulfilled", "fulfilled"],
    ]);
    const heads = (await world.read()).map(({ head }) => head);
    expect(heads).toEqual([2, 1, 2, 0, 0]);
  });

  it("follow each other where they are of one conversation, and the same words twice are stored once", async () => {
    const [conversation] = await conversationsOf<[One]>(1);
    const send = (text: string, clientId: string) =>
      append(conversation, { ...says(text, { clientId }), clientId });

    const answers = await Promise.all([
      send("a", "1"),
      send("b", "2"),
      send("a", "1"),
      send("c", "3"),
      send("b", "2"),
    ]);

    expect(answers).toMatchObject([
      { outcome: "done", seqs: [1] },
      { outcome: "done", seqs: [2] },
      { outcome: "duplicate", message: { text: "a", seq: 1 }, conversation: { head: 2 } },
      { outcome: "done", seqs: [3] },
      { outcome: "duplicate", message: { text: "b", seq: 2 }, conversation: { head: 3 } },
    ]);
  });

  it("share a commit", async () => {
    const conversations = await conversationsOf(3);

    await Promise.all([...conversations, ...conversations].map((each) => append(each, says("hello"))));

    const { rows } = await admin.query(
      "SELECT count(DISTINCT txid)::int AS commits, count(*)::int AS events FROM event WHERE company_id = $1",
      [conversations[0]?.companyId],
    );
    expect(rows).toEqual([{ commits: 1, events: 6 }]);
  });

  it("are all stored, also more than one commit carries", async () => {
    const conversations = await conversationsOf(5);

    const asked = Array.from({ length: 40 }, () => conversations).flat();
    const answers = await Promise.all(asked.map((each, n) => append(each, says(`${n}`))));

    const seqs = answers.map((answer) => (answer.outcome === "done" ? answer.seqs[0] : undefined));
    const ofFirst = seqs.filter((_, n) => n % 5 === 0).sort((a, b) => Number(a) - Number(b));
    expect(ofFirst).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(["done"]));
  });
});

describe("commands of two processes", () => {
  it("never wait for each other in a circle, whatever they change", async () => {
    const before = await deadlocks();
    const conversations = await conversationsOf(24);
    const seed = newSeed();
    const common = { conversations, rounds: 100, operatorId: newId() };
    const workerData: Rival = { ...common, seed: seed + 1, url: database.url, beside: await backend() };
    const worker = new Worker(join(import.meta.dirname, "append-rival.ts"), { workerData });
    await once(worker, "message");

    worker.postMessage("go");
    const [mine, [theirs]] = await Promise.all([storm({ ...common, seed }), once(worker, "message")]);

    expect({ seed, errors: [...mine.errors, ...theirs.errors] }).toEqual({ seed, errors: [] });
    const { rows } = await admin.query("SELECT count(*)::int AS events FROM event WHERE company_id = $1", [
      conversations[0]?.companyId,
    ]);
    expect(rows).toEqual([{ events: mine.said + theirs.said }]);
    expect(await deadlocks()).toBe(before);
  });

  it("lock no conversation once they hold what is counted", async () => {
    const before = await deadlocks();
    const [one, other] = await conversationsOf<[One, One]>(2);
    const rival = await besideMe();

    await rival.query("BEGIN");
    await rival.query("SELECT set_config('baton.company', $1, true)", [one.companyId]);
    await rival.query("SELECT FROM conversation WHERE id = $1 FOR UPDATE", [other.id]);
    const mine = Promise.all([one, one, other].map((each) => append(each, says("hello"))));
    await until(blocked, 1);
    await rival.query("SELECT append($1)", [commandFor(other)]);
    await rival.query("COMMIT");

    expect((await mine).map((answer) => answer.outcome)).toEqual(["done", "done", "done"]);
    await rival.end();
    expect(await deadlocks()).toBe(before);
  });

  it("take what is counted as one, however many lists they change", async () => {
    const before = await deadlocks();
    const [one, two, other] = await conversationsOf<[One, One, One]>(3);
    const become = (each: One, state: "WAITING_HUMAN" | "RESOLVED") =>
      append(each, { now: new Date(), change: { move: "escalate", state, waitingSince: new Date() } });
    const { conversation: waiting } = await become(one, "WAITING_HUMAN");
    for (const each of [two, other]) await append(each, says("hello"));
    const rival = await besideMe();
    const resolved = [one.companyId, (await backend()) % 8];

    // Mine wait in the midst of their counting, for a row that theirs do not want.
    await admin.query("BEGIN");
    await admin.query("INSERT INTO counter (company_id, name, part) VALUES ($1, 'resolved', $2)", resolved);
    const mine = Promise.all([become(waiting, "RESOLVED"), become(two, "WAITING_HUMAN")]);
    await until(blocked, 1);
    const escalated = { state: "WAITING_HUMAN", epoch: 1, waitingSince: new Date() };
    const theirs = rival.query("SELECT append($1)", [commandFor(other, { patch: escalated })]);
    await until(blocked, 2);
    await admin.query("COMMIT");

    expect((await mine).map((answer) => answer.outcome)).toEqual(["done", "done"]);
    await theirs;
    await rival.end();
    expect(await deadlocks()).toBe(before);
  });
});

async function prepared(world: World, round: Told[]) {
  const known = await world.read();
  return round.map((one) => world.prepare(one, known));
}

/** A customer's words, as the process beside this one would send them. */
function commandFor({ companyId, id }: One, more = {}): string {
  const message = { id: newId(), authorKind: "customer", text: "theirs" };
  const place = { companyId, conversationId: id, now: new Date() };
  return JSON.stringify([{ ...place, entries: [{ type: "message", message }], ...more }]);
}

async function backend(): Promise<number> {
  const { rows } = await pool().query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return rows[0]?.pid ?? 0;
}

/** A connection that counts in the same rows as that of this process. */
async function besideMe(): Promise<pg.Client> {
  const part = (await backend()) % 8;
  for (;;) {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    if (rows[0] !== undefined && rows[0].pid % 8 === part) return client;
    await client.end();
  }
}

const blocked =
  "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

async function until(text: string, count: number): Promise<void> {
  while ((await admin.query(text)).rows.length !== count) await pause(5);
}
