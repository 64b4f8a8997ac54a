import { describe, expect, it } from "vitest";
import { type Run, RunEnd, type RunPorts } from "#services/ai";
import { RunDesk } from "#support/run-desk";

/** A turn that says a word each 100 ms and then stores what it said. */
function speaks(desk: RunDesk, words: string[], everyMs = 100) {
  return async (run: Run, { emit, signal }: RunPorts) => {
    for (const word of words) {
      await new Promise<void>((done) => desk.ticker.after(everyMs, done));
      if (signal.aborted) throw signal.reason;
      emit({ text: word });
    }
    emit({ text: "" });
    if (!desk.finish(run, "complete", words.join(""))) throw new Error("someone else has it");
  };
}

const words = ["You ", "can ", "send ", "it ", "back ", "within ", "30 days."];

describe("the runner", () => {
  it("answers a kicked run at once, and shows what it stores", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const runner = desk.runner("a", speaks(desk, words));
    runner.kick(run);
    await desk.ticker.pass(150);
    expect(runner.partial(run.runId)).toMatchObject({ text: "You " });
    await desk.ticker.pass(1_000);
    expect(desk.row(run.runId)).toMatchObject({ state: "complete", text: words.join("") });
    expect(desk.shown(run.runId)).toBe(words.join(""));
    expect(runner.active).toBe(0);
  });

  it("sends the first words at once and gathers the rest", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const runner = desk.runner("a", speaks(desk, Array(40).fill("x"), 1));
    runner.kick(run);
    await desk.ticker.pass(200);
    const deltas = desk.published.filter(({ event }) => event.type === "delta");
    expect(deltas[0]?.text).toBe("x");
    expect(deltas.length).toBeLessThanOrEqual(4);
    expect(desk.shown(run.runId)).toBe("x".repeat(40));
  });

  it("lets one process win when a kick, sweeps and other kicks race", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const runners = ["a", "b", "c"].map((holder) => desk.runner(holder, speaks(desk, words)));
    for (const runner of runners) {
      runner.start();
      runner.kick(run);
      runner.kick(run);
    }
    await desk.ticker.pass(5_000);
    expect(desk.turns).toHaveLength(1);
    expect(desk.row(run.runId)).toMatchObject({ state: "complete", fence: 1 });
    for (const runner of runners) runner.stop();
  });

  it("takes up a run that nobody was kicked for", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const runner = desk.runner("a", speaks(desk, words));
    runner.start();
    await desk.ticker.pass(3_000);
    expect(desk.row(run.runId)?.state).toBe("complete");
    runner.stop();
  });

  it("goes quiet the moment its lease is another's", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const runner = desk.runner("a", speaks(desk, Array(100).fill("word ")));
    runner.kick(run);
    await desk.ticker.pass(1_000);
    Object.assign(desk.row(run.runId) ?? {}, { state: "superseded" });
    await desk.ticker.pass(1_600);
    const before = desk.published.length;
    await desk.ticker.pass(5_000);
    expect(desk.published).toHaveLength(before);
    expect(desk.ends).toEqual([]);
    expect(runner.active).toBe(0);
  });

  it("goes quiet by itself when it cannot reach the database before its lease ends", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const runner = desk.runner("a", speaks(desk, Array(200).fill("word ")));
    runner.kick(run);
    await desk.ticker.pass(1_000);
    desk.away = true;
    await desk.ticker.pass(5_100);
    const before = desk.published.length;
    await desk.ticker.pass(5_000);
    expect(desk.published).toHaveLength(before);
    expect(runner.active).toBe(0);
  });

  it("survives a short absence of the database", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const runner = desk.runner("a", speaks(desk, Array(60).fill("word ")));
    runner.kick(run);
    await desk.ticker.pass(1_000);
    desk.away = true;
    await desk.ticker.pass(2_000);
    desk.away = false;
    await desk.ticker.pass(10_000);
    expect(desk.row(run.runId)?.state).toBe("complete");
  });

  it("keeps what was shown when the process before died, and speaks with one voice", async () => {
    const desk = new RunDesk();
    const run = desk.add({ state: "running", fence: 1, leaseUntil: -1, text: "You can send" });
    const runner = desk.runner("b", speaks(desk, words));
    runner.start();
    await desk.ticker.pass(1_500);
    expect(desk.turns).toEqual([]);
    expect(desk.row(run.runId)).toMatchObject({ state: "interrupted", text: "You can send" });
    expect(desk.shown(run.runId)).toBe("You can send");
    runner.stop();
  });

  it("writes an answer anew that nobody has seen, when the process before died or was ended", async () => {
    const desk = new RunDesk();
    desk.seen = false;
    desk.add({ state: "running", fence: 1, leaseUntil: -1, text: "You can send" });
    const ended = desk.add();
    const old = desk.runner("a", speaks(desk, Array(1_000).fill("word ")));
    old.kick(ended);
    await desk.ticker.pass(200);
    const drained = old.drain(500);
    await desk.ticker.pass(600);
    await drained;
    const runner = desk.runner("b", speaks(desk, words));
    runner.start();
    await desk.ticker.pass(4_000);
    const whole = words.join("");
    expect(desk.rows.map(({ state, text }) => [state, text])).toEqual([
      ["complete", whole],
      ["complete", whole],
    ]);
    expect(desk.ends).toEqual([]);
    runner.stop();
  });

  it("sets windows back to what is stored when the process before had shown more", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const first = desk.runner("a", speaks(desk, Array(200).fill("word ")));
    const second = desk.runner("b", speaks(desk, words));
    first.kick(run);
    await desk.ticker.pass(2_000);
    desk.away = true;
    await desk.ticker.pass(4_000);
    const stored = desk.row(run.runId)?.text ?? "";
    expect(desk.shown(run.runId).length).toBeGreaterThan(stored.length);
    await desk.ticker.pass(2_000);
    desk.away = false;
    second.start();
    await desk.ticker.pass(2_000);
    expect(desk.row(run.runId)).toMatchObject({ state: "interrupted", text: stored });
    expect(desk.shown(run.runId)).toBe(stored);
    const voices = desk.published.map(({ holder }) => holder);
    expect(voices.lastIndexOf("a")).toBeLessThan(voices.indexOf("b"));
    second.stop();
  });

  it("answers again after a stop that was meant for an earlier answer", async () => {
    const desk = new RunDesk();
    const run = desk.add({ detail: { stopRequested: "an earlier run" } });
    desk.runner("a", speaks(desk, words)).kick(run);
    await desk.ticker.pass(2_000);
    expect(desk.row(run.runId)?.state).toBe("complete");
  });

  it("begins anew under new ids when the process before showed nothing", async () => {
    const desk = new RunDesk();
    const run = desk.add({ state: "running", fence: 1, leaseUntil: -1 });
    const runner = desk.runner("b", speaks(desk, words));
    runner.start();
    await desk.ticker.pass(3_000);
    expect(desk.row(run.runId)).toBeUndefined();
    const [again] = desk.rows;
    expect(again).toMatchObject({ state: "complete", text: words.join("") });
    expect(desk.published[0]).toMatchObject({ runId: run.runId, event: { type: "superseded" } });
    expect(desk.shown(again?.id ?? "")).toBe(words.join(""));
    runner.stop();
  });

  it("never leaves a run for ever, however often it kills its process", async () => {
    const desk = new RunDesk();
    const run = desk.add({ state: "running", fence: 4, leaseUntil: -1 });
    const runner = desk.runner("b", speaks(desk, words));
    runner.start();
    await desk.ticker.pass(1_500);
    expect(desk.row(run.runId)?.state).toBe("failed");
    expect(desk.turns).toEqual([]);
    runner.stop();
  });

  it("stops in another process, and keeps exactly what was shown", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const one = desk.runner("a", speaks(desk, words));
    const other = desk.runner("b", speaks(desk, words));
    one.start();
    other.start();
    one.kick(run);
    await desk.ticker.pass(350);
    await other.stopRun(run);
    await desk.ticker.pass(2_000);
    expect(desk.ends).toEqual([{ runId: run.runId, outcome: "stopped", text: "You can send ", done: true }]);
    expect(desk.shown(run.runId)).toBe("You can send ");
    one.stop();
    other.stop();
  });

  it("stops by the next renewal when the bus is silent", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const runner = desk.runner("a", speaks(desk, Array(100).fill("word ")));
    runner.kick(run);
    await desk.ticker.pass(300);
    const row = desk.row(run.runId);
    if (row !== undefined) row.detail = { stopRequested: row.id };
    await desk.ticker.pass(2_000);
    expect(desk.row(run.runId)).toMatchObject({ state: "stopped", text: desk.shown(run.runId) });
  });

  it("stops a run that nobody has begun", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const runner = desk.runner("a", speaks(desk, words));
    await runner.stopRun(run);
    await desk.ticker.pass(100);
    expect(desk.turns).toEqual([]);
    expect(desk.ends).toMatchObject([{ outcome: "stopped", text: "" }]);
  });

  it("turns a crash of the turn into an end that someone can act on", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const runner = desk.runner("a", async (_, { emit }) => {
      emit({ text: "You " });
      throw new Error("boom");
    });
    runner.kick(run);
    await desk.ticker.pass(100);
    expect(desk.ends).toEqual([{ runId: run.runId, outcome: "failed", text: "You ", done: true }]);
  });

  it("ends a turn that hangs", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const runner = desk.runner("a", () => new Promise(() => undefined));
    runner.kick(run);
    await desk.ticker.pass(181_000);
    expect(desk.ends).toMatchObject([{ outcome: "failed", done: true }]);
    expect(runner.active).toBe(0);
  });

  it("keeps to its limit and serves the company with the fewest first", async () => {
    const desk = new RunDesk();
    const loud = crypto.randomUUID();
    const quiet = crypto.randomUUID();
    const runs = [1, 2, 3, 4].map(() => desk.add({ company_id: loud }));
    const late = desk.add({ company_id: quiet });
    const runner = desk.runner("a", speaks(desk, words), { most: 2 });
    for (const run of [...runs, late]) runner.kick(run);
    await desk.ticker.pass(50);
    expect(desk.turns).toHaveLength(2);
    await desk.ticker.pass(800);
    expect(desk.turns[2]?.runId).toBe(late.runId);
    await desk.ticker.pass(5_000);
    expect(desk.rows.every(({ state }) => state === "complete")).toBe(true);
  });

  it("drains: what can end does, what showed nothing goes to another process at once, the rest keeps its words", async () => {
    const desk = new RunDesk();
    const silent = async (_: Run, { signal }: RunPorts) => {
      await new Promise((_done, fail) => signal.addEventListener("abort", () => fail(signal.reason)));
    };
    const short = desk.add();
    const long = desk.add();
    const mute = desk.add();
    const turns = new Map([
      [short.runId, speaks(desk, words)],
      [long.runId, speaks(desk, Array(1_000).fill("word "))],
      [mute.runId, silent],
    ]);
    const old = desk.runner("a", (run, ports) => turns.get(run.id)?.(run, ports) ?? Promise.resolve());
    const fresh = desk.runner("b", speaks(desk, words));
    old.start();
    for (const run of [short, long, mute]) old.kick(run);
    await desk.ticker.pass(200);
    fresh.start();
    const drained = old.drain(2_000);
    await desk.ticker.pass(2_100);
    await drained;
    expect(desk.row(short.runId)?.state).toBe("complete");
    expect(desk.row(long.runId)).toMatchObject({ state: "interrupted", text: desk.shown(long.runId) });
    expect(desk.turns.filter(({ holder }) => holder === "b")).toHaveLength(1);
    await desk.ticker.pass(2_000);
    expect(desk.rows.map(({ state }) => state).sort()).toEqual(["complete", "complete", "interrupted"]);
    fresh.stop();
  });

  it("emits nothing after the signal, though the turn goes on", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    let reason: unknown;
    const runner = desk.runner("a", async (_, { emit, signal }) => {
      for (let word = 0; word < 50; word += 1) {
        await new Promise<void>((done) => desk.ticker.after(50, done));
        emit({ text: "word " });
      }
      reason = signal.reason;
    });
    runner.kick(run);
    await desk.ticker.pass(220);
    await runner.stopRun(run);
    const shown = desk.shown(run.runId);
    await desk.ticker.pass(5_000);
    expect(desk.shown(run.runId)).toBe(shown);
    expect(reason).toBeInstanceOf(RunEnd);
  });

  it("tells windows when a run ends without a word", async () => {
    const desk = new RunDesk();
    const run = desk.add();
    const runner = desk.runner("a", async (held) => void desk.finish(held, "escalated", ""));
    runner.kick(run);
    await desk.ticker.pass(10);
    expect(desk.published.map(({ event }) => event.type)).toEqual(["thinking", "superseded"]);
  });

  it("leaves no timer behind", async () => {
    const desk = new RunDesk();
    const runner = desk.runner("a", speaks(desk, words));
    runner.start();
    for (let count = 0; count < 5; count += 1) runner.kick(desk.add());
    await desk.ticker.pass(3_000);
    runner.stop();
    expect(desk.ticker.waiting).toBe(0);
  });
});
