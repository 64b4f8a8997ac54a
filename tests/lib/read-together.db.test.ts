import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { callSql, closeDatabase, isConnectionError, openDatabase, pool, read } from "#lib/db";
import { aCompany } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";

let database: FreshDatabase;
let mine: string;
let theirs: string;

// One connection, so that whatever a read leaves behind meets the next.
beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 1 });
  mine = (await aCompany()).companyId;
  theirs = (await aCompany()).companyId;
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
afterEach(async () => {
  expect(await left()).toEqual({ company: "", readOnly: "off" });
  expect([pool().totalCount, pool().idleCount, pool().waitingCount]).toEqual([1, 1, 0]);
});

/** What the connection carries once nobody reads. */
async function left(): Promise<{ company: string; readOnly: string } | undefined> {
  const [row] = await callSql<{ company: string; readOnly: string }>(
    `SELECT coalesce(current_setting('baton.company', true), '') AS company,
            current_setting('transaction_read_only') AS "readOnly"`,
  );
  return row;
}

async function backend(): Promise<number> {
  const [row] = await callSql<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return row?.pid ?? 0;
}

const transaction = `SELECT now()::text AS begun, virtualtransaction AS id, current_company()::text AS company
  FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'virtualxid'`;

type Asked = { text: string; values?: unknown[]; name?: string };
type Kind = Asked & { rows?: (n: number) => unknown; code?: string; message?: RegExp };

const unwritable = {
  toPostgres() {
    throw new Error("It cannot be written down.");
  },
};
const echo = "SELECT $1::text AS said, current_company()::text AS company";
const same = "Prepared statements must be unique";

/** What answers, and what fails with which code or words, each also by name. */
const kinds: Record<string, Kind> = {
  rows: { text: "SELECT n FROM generate_series(1, 3) AS n", rows: () => [{ n: 1 }, { n: 2 }, { n: 3 }] },
  none: { text: "SELECT 1 AS n WHERE false", rows: () => [] },
  nothing: { text: "", rows: () => [] },
  comment: { text: "-- only a comment", name: "comment", rows: () => [] },
  "named rows": { text: "SELECT 7 AS n", name: "seven", rows: () => [{ n: 7 }] },
  misspelt: { text: "SELEC 1", code: "42601" },
  "named misspelt": { text: "SELEC 2", name: "misspelt", code: "42601" },
  unknown: { text: "SELECT * FROM nowhere", name: "unknown", code: "42P01" },
  "two statements": { text: "SELECT 1; SELECT 2", code: "42601" },
  "too few values": { text: "SELECT $1::int", values: [], code: "08P01" },
  "a wrong value": { text: "SELECT $1::int", values: ["x"], name: "number", code: "22P02" },
  "a NUL": { text: "SELECT $1::text", values: ["a\u0000b"], code: "22021" },
  unwritable: { text: "SELECT $1::text", values: [unwritable], message: /cannot be written down/ },
  "named unwritable": { text: echo, values: [unwritable], name: "echo", message: /cannot be written down/ },
  "misspelt and unwritable": { text: "SELEC $1", values: [unwritable], message: /cannot be written down/ },
  "by zero": { text: "SELECT 1 / $1::int AS n", values: [0], name: "divide", code: "22012" },
  "by one": { text: "SELECT 1 / $1::int AS n", values: [1], name: "divide", rows: () => [{ n: 1 }] },
  "by zero at last": { text: "SELECT 1 / (3 - n) AS n FROM generate_series(1, 5) AS n", code: "22012" },
  "a write": { text: "INSERT INTO counter VALUES (current_company(), 'x', 0, 1)", code: "25006" },
  "a way out": { text: "SELECT set_config('transaction_read_only', 'off', true)", code: "25001" },
  "a taken name": { text: "SELECT 8 AS n", name: "echo", message: new RegExp(same) },
};
const echoes = ["echo", "named echo"];

type Step = { kind: string; company: "mine" | "theirs"; pauses: boolean };
const step = fc.record<Step>({
  kind: fc.constantFrom(...echoes, ...echoes, ...Object.keys(kinds)),
  company: fc.constantFrom("mine", "theirs"),
  pauses: fc.boolean(),
});

function ask({ kind, company }: Step, n: number): Promise<unknown[]> {
  const companyId = company === "mine" ? mine : theirs;
  if (kind === "echo") return read(companyId, echo, [`said ${n}`]);
  if (kind === "named echo") return read(companyId, echo, [`said ${n}`], { name: "echo" });
  const { text, values, name } = kinds[kind] as Kind;
  return read(companyId, text, values, name === undefined ? {} : { name });
}

function expectAnswer({ kind, company }: Step, n: number, answer: PromiseSettledResult<unknown[]>): void {
  const told = { kind, ...answer };
  const { rows, code, message } = kinds[kind] ?? {};
  if (echoes.includes(kind)) {
    const said = [{ said: `said ${n}`, company: company === "mine" ? mine : theirs }];
    expect(told).toEqual({ kind, status: "fulfilled", value: said });
  } else if (rows !== undefined) expect(told).toEqual({ kind, status: "fulfilled", value: rows(n) });
  else if (code !== undefined) expect(told).toMatchObject({ kind, status: "rejected", reason: { code } });
  else
    expect(told).toMatchObject({
      status: "rejected",
      reason: { message: expect.stringMatching(message ?? "") },
    });
}

describe("reads", () => {
  it("asked at once for one company travel as one transaction, and later ones as another", async () => {
    const together = await Promise.all(Array.from({ length: 8 }, () => read(mine, transaction)));
    const [later] = await read(mine, transaction);

    const [first] = together[0] ?? [];
    expect(first).toMatchObject({ company: mine });
    expect(together).toEqual(Array.from({ length: 8 }, () => [first]));
    expect(later).not.toMatchObject({ id: first?.id });
  });

  it("of two companies asked at once see their own company's rows only", async () => {
    const whose = "SELECT company_id, current_company()::text AS company FROM agent";

    const answers = await Promise.all(
      [mine, theirs, mine, theirs].map((companyId) => read(companyId, whose)),
    );

    const of = (companyId: string) => [{ company_id: companyId, company: companyId }];
    expect(answers).toEqual([of(mine), of(theirs), of(mine), of(theirs)]);
  });

  it.each(Object.keys(kinds))("answer all others, wherever among them stands: %s", async (kind) => {
    const before = await backend();

    for (const position of [0, 1, 2, 3]) {
      const steps = ["echo", "named echo", "echo"].map((each) => ({
        kind: each,
        company: "mine",
        pauses: false,
      }));
      steps.splice(position, 0, { kind, company: "mine", pauses: false });
      const answers = await Promise.allSettled((steps as Step[]).map(ask));
      for (const [n, answer] of answers.entries()) expectAnswer(steps[n] as Step, n, answer);
    }

    expect(await backend()).toBe(before);
  });

  it("answer each what it asked, in any mix, and leave the connection as it was", async () => {
    const before = await backend();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const asked: Promise<unknown[]>[] = [];
        for (const [n, one] of steps.entries()) {
          asked.push(ask(one, n));
          asked.at(-1)?.catch(() => undefined);
          if (one.pauses) await new Promise((done) => setImmediate(done));
        }
        for (const [n, answer] of (await Promise.allSettled(asked)).entries()) {
          expectAnswer(steps[n] as Step, n, answer);
        }
        expect(await left()).toEqual({ company: "", readOnly: "off" });
      }),
      { numRuns: 200 },
    );
    expect(await backend()).toBe(before);
  });

  it("go on without the one that took too long", async () => {
    const answers = await Promise.allSettled([
      read(mine, echo, ["before"]),
      read(mine, "SELECT set_config('statement_timeout', '30', true)"),
      read(mine, "SELECT pg_sleep(10)"),
      read(mine, echo, ["after"]),
    ]);

    expect(answers).toMatchObject([
      { value: [{ said: "before" }] },
      { status: "fulfilled" },
      { reason: { code: "57014" } },
      { value: [{ said: "after" }] },
    ]);
  });

  it("parse a named statement once a connection, also after it failed or was passed over", async () => {
    const half = (n: number) => read(mine, "SELECT 10 / $1::int AS n", [n], { name: "half" });
    const kept = () =>
      callSql<{ at: Date; used: number }>(
        `SELECT prepare_time AS at, (generic_plans + custom_plans)::int AS used
         FROM pg_prepared_statements WHERE name = 'half'`,
      );

    await Promise.allSettled([read(mine, "SELEC"), half(2)]);
    const [first] = await kept();
    await Promise.allSettled([half(5), half(0), half(1)]);
    const last = await half(10);

    expect(last).toEqual([{ n: 1 }]);
    const [second, ...others] = await kept();
    expect(others).toEqual([]);
    expect(first?.used).toBe(1);
    // All but the one by zero, which failed while it was planned.
    expect(second).toEqual({ at: first?.at, used: 4 });
  });

  it("parse a named statement although the first who asked for it could not write down a value", async () => {
    const ask = (value: unknown) => read(mine, echo, [value], { name: "late" });

    const answers = await Promise.allSettled([ask(unwritable), ask("a"), ask("b")]);

    expect(answers).toMatchObject([
      { status: "rejected" },
      { value: [{ said: "a" }] },
      { value: [{ said: "b" }] },
    ]);
  });

  it("fail together where the connection ends under them, and the next ones have another", async () => {
    const before = await backend();

    const answers = await Promise.allSettled([
      read(mine, echo, [unwritable]),
      read(mine, echo, ["before"]),
      read(mine, "SELECT pg_terminate_backend(pg_backend_pid())"),
      read(mine, echo, ["after"]),
    ]);

    expect(answers.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "rejected"]);
    const ended = answers.slice(2).map((answer) => "reason" in answer && isConnectionError(answer.reason));
    expect(ended).toEqual([true, true]);
    expect(await read(mine, echo, ["again"])).toEqual([{ said: "again", company: mine }]);
    expect(await backend()).not.toBe(before);
  });

  it("and calls that the server refuses do not cost the connection", async () => {
    const before = await backend();

    await expect(callSql("SELECT 1 / $1::int", [0], { name: "call" })).rejects.toMatchObject({
      code: "22012",
    });

    expect(await backend()).toBe(before);
  });

  it("find nothing for what is no company", async () => {
    expect(await read("nobody", echo, ["hello"])).toEqual([]);
  });
});
