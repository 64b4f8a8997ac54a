import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupCommit } from "#lib/group-commit";

type Call = { asked: number[]; answer(): void; fail(error: Error): void };

/** Calls that end when the test says so; each number is answered by its double. */
function aDesk({ lanes = 1, most = 10, enough = 1 } = {}) {
  const calls: Call[] = [];
  const ask = groupCommit<number, number>(
    (asked) =>
      new Promise((done, fail) => {
        calls.push({ asked, answer: () => done(asked.map((number) => number * 2)), fail });
      }),
    { lanes, most, enough },
  );
  return { ask, calls, asked: () => calls.map((call) => call.asked) };
}

/** Lets everything happen that waits for nothing outside. */
const turn = () => new Promise((done) => setImmediate(done));

const disconnected = () =>
  Object.assign(new Error("Connection terminated unexpectedly"), { code: "ECONNRESET" });

describe("a group commit", () => {
  it("makes the call at once where none is under way", async () => {
    const { ask, asked } = aDesk();

    void ask(1);
    await Promise.resolve();

    expect(asked()).toEqual([[1]]);
  });

  it("takes along whoever asks in the same turn, and answers each", async () => {
    const { ask, calls, asked } = aDesk();

    const answers = Promise.all([ask(1), ask(2), ask(3)]);
    await turn();
    calls[0]?.answer();

    expect(await answers).toEqual([2, 4, 6]);
    expect(asked()).toEqual([[1, 2, 3]]);
  });

  it("gathers those who come while its lanes are busy, in the order in which they came", async () => {
    const { ask, calls, asked } = aDesk({ lanes: 2 });

    for (const number of [1, 2, 3, 4, 5]) {
      void ask(number);
      await turn();
    }
    calls[1]?.answer();
    await turn();

    expect(asked()).toEqual([[1], [2], [3, 4, 5]]);
  });

  it("opens a further lane only for enough of them, and leaves none behind", async () => {
    const { ask, calls, asked } = aDesk({ lanes: 2, enough: 3 });

    void ask(1);
    await turn();
    for (const number of [2, 3]) {
      void ask(number);
      await turn();
    }
    expect(asked()).toEqual([[1]]);
    void ask(4);
    await turn();
    expect(asked()).toEqual([[1], [2, 3, 4]]);
    void ask(5);
    calls[1]?.answer();
    await turn();
    expect(asked()).toEqual([[1], [2, 3, 4]]);
    calls[0]?.answer();
    await turn();

    expect(asked()).toEqual([[1], [2, 3, 4], [5]]);
  });

  it("has no more calls under way than lanes, nor more in one than it may carry", async () => {
    const { ask, calls, asked } = aDesk({ lanes: 2, most: 2 });

    const answers = Promise.all([1, 2, 3, 4, 5].map(ask));
    await turn();
    expect(asked()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    for (const call of calls) call.answer();
    await turn();
    calls[2]?.answer();

    expect(await answers).toEqual([2, 4, 6, 8, 10]);
  });

  it("makes each call again by itself where a gathered one fails, so that one fails alone", async () => {
    const { ask, calls, asked } = aDesk();

    const answers = Promise.allSettled([ask(1), ask(2), ask(3)]);
    await turn();
    calls[0]?.fail(new Error("One of them is wrong"));
    await turn();
    calls[1]?.answer();
    await turn();
    calls[2]?.fail(new Error("It is this one"));
    await turn();
    calls[3]?.answer();

    expect(await answers).toMatchObject([
      { value: 2 },
      { reason: { message: "It is this one" } },
      { value: 6 },
    ]);
    expect(asked()).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  it("fails a call that stands alone with its own error, and makes it once", async () => {
    const { ask, calls } = aDesk();

    const answer = ask(1);
    await turn();
    calls[0]?.fail(new Error("No"));

    await expect(answer).rejects.toThrow("No");
    await turn();
    expect(calls).toHaveLength(1);
  });

  it("fails all who were on a call whose connection broke, as nobody knows what was stored", async () => {
    const { ask, calls, asked } = aDesk();

    const answers = Promise.allSettled([ask(1), ask(2)]);
    await turn();
    const later = ask(3);
    calls[0]?.fail(disconnected());

    const lost = { status: "rejected", reason: { code: "ECONNRESET" } };
    expect(await answers).toMatchObject([lost, lost]);
    await turn();
    calls[1]?.answer();
    expect(await later).toBe(6);
    expect(asked()).toEqual([[1, 2], [3]]);
  });

  it("fails alike where the call throws before it begins, and serves the next", async () => {
    const ask = groupCommit<number, number>(
      (asked) => {
        if (asked.includes(0)) throw new Error("Nothing");
        return Promise.resolve(asked);
      },
      { lanes: 1, most: 10 },
    );

    const answers = await Promise.allSettled([ask(1), ask(0), ask(2)]);

    expect(answers).toMatchObject([{ value: 1 }, { reason: { message: "Nothing" } }, { value: 2 }]);
    expect(await ask(3)).toBe(3);
  });

  it("answers everyone once and with their own answer, in any interleaving", async () => {
    const asker = fc.record({
      waits: fc.nat(6),
      fate: fc.constantFrom("fine", "fine", "fine", "wrong", "cut"),
    });
    const shape = fc.record({
      lanes: fc.integer({ min: 1, max: 4 }),
      most: fc.integer({ min: 1, max: 6 }),
      askers: fc.array(asker, { maxLength: 24 }),
      lengths: fc.array(fc.nat(4), { minLength: 1, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ lanes, most, askers, lengths }) => {
        const made: number[] = [];
        const stored: number[] = [];
        let [underWay, calls] = [0, 0];
        const ask = groupCommit<number, string>(
          async (asked) => {
            underWay += 1;
            expect(underWay).toBeLessThanOrEqual(lanes);
            expect(asked.length).toBeLessThanOrEqual(most);
            made.push(...asked);
            await turns(lengths[calls++ % lengths.length] ?? 0);
            underWay -= 1;
            const wrong = asked.filter((n) => askers[n]?.fate === "wrong");
            if (wrong.length > 0) throw new Error(`wrong ${wrong}`);
            if (asked.some((n) => askers[n]?.fate === "cut")) throw disconnected();
            stored.push(...asked);
            return asked.map((n) => `answer ${n}`);
          },
          { lanes, most },
        );

        const answers = await Promise.allSettled(
          askers.map(async ({ waits }, n) => {
            await turns(waits);
            return ask(n);
          }),
        );

        for (const [n, answer] of answers.entries()) {
          const { fate } = askers[n] ?? {};
          const stands = stored.filter((each) => each === n).length;
          expect(made).toContain(n);
          if (answer.status === "fulfilled")
            expect([fate, answer.value, stands]).toEqual(["fine", `answer ${n}`, 1]);
          else {
            const alone = fate === "wrong" ? `wrong ${n}` : "Connection terminated unexpectedly";
            expect([answer.reason.message, stands]).toEqual([alone, 0]);
          }
        }
        await turns(2);
        expect(underWay).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});

async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await turn();
}
