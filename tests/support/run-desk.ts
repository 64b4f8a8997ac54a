import { randomUUID } from "node:crypto";
import { memoryBus } from "#lib/bus";
import {
  type Run,
  type RunEvent,
  Runner,
  type RunnerOptions,
  type RunnerPorts,
  type RunStore,
} from "#services/ai";
import { FakeTicker } from "#support/fake-ticker";

type Row = Run & { leaseUntil: number };

/** The run table as Postgres keeps it, with its own clock, for tests of who may hold a run. */
export class RunDesk {
  readonly ticker = new FakeTicker();
  readonly rows: Row[] = [];
  readonly bus = memoryBus();
  readonly published: { holder: string; runId: string; event: RunEvent; text: string }[] = [];
  readonly ends: { runId: string; outcome: string; text: string; done: boolean }[] = [];
  readonly turns: { holder: string; runId: string }[] = [];
  away = false;
  /** Whether customers see answers while they are written. */
  seen = true;

  /** A customer's message was stored, with a run to answer it. */
  add(change: Partial<Row> = {}): { companyId: string; runId: string; conversationId: string } {
    const row: Row = {
      id: randomUUID(),
      company_id: randomUUID(),
      conversation_id: randomUUID(),
      agent_id: randomUUID(),
      message_id: randomUUID(),
      customer_seq: 1,
      epoch: 0,
      state: "queued",
      fence: 0,
      text: "",
      detail: {},
      leaseUntil: 0,
      ...change,
    };
    this.rows.push(row);
    return { companyId: row.company_id, runId: row.id, conversationId: row.conversation_id };
  }

  row(runId: string): Row | undefined {
    return this.rows.find(({ id }) => id === runId);
  }

  /** Ends a run in the table, if this holder still may. */
  finish(run: Run, state: string, text: string): boolean {
    const row = this.#held(run);
    if (row === undefined) return false;
    Object.assign(row, { state, text });
    return true;
  }

  runner(holder: string, turn: RunnerPorts["turn"], options: RunnerOptions = {}): Runner {
    return new Runner(
      {
        store: this.store(),
        bus: this.bus,
        watch: () => () => undefined,
        isSeen: async () => this.seen,
        turn: (run, ports) => {
          this.turns.push({ holder, runId: run.id });
          return turn(run, ports);
        },
        end: async (run, { outcome, text }) => {
          const done = this.finish(run, outcome, text);
          this.ends.push({ runId: run.id, outcome, text, done });
        },
        publish: (run, event) => {
          const text = event.type === "delta" ? event.text : "";
          this.published.push({ holder, runId: run.id, event, text });
        },
      },
      { ticker: this.ticker, holder, ...options },
    );
  }

  /** What a window shows of a run: a delta from 0 begins anew, any other must join without a gap. */
  shown(runId: string): string {
    let text = "";
    for (const { event } of this.published.filter((one) => one.runId === runId)) {
      if (event.type === "superseded") text = "";
      if (event.type !== "delta") continue;
      if (event.offset > text.length) throw new Error("a delta is missing");
      text = event.offset === 0 ? event.text : text.slice(0, event.offset) + event.text;
    }
    return text;
  }

  store(): RunStore {
    const up = () => {
      if (this.away) throw new Error("connection lost");
    };
    const take = (row: Row, leaseMs: number): Run => {
      Object.assign(row, { state: "running", fence: row.fence + 1, leaseUntil: this.ticker.now() + leaseMs });
      return { ...row, detail: { ...row.detail } };
    };
    return {
      claim: async (_, runId, __, leaseMs) => {
        up();
        const row = this.row(runId);
        return row?.state === "queued" ? take(row, leaseMs) : undefined;
      },
      sweep: async (_, __, leaseMs, most) => {
        up();
        const free = (row: Row) =>
          row.state === "queued" || (row.state === "running" && row.leaseUntil < this.ticker.now());
        return this.rows
          .filter(free)
          .slice(0, most)
          .map((row) => take(row, leaseMs));
      },
      renew: async (run, leaseMs, text) => {
        up();
        const row = this.#held(run);
        if (row === undefined) return "lost";
        Object.assign(row, { text, leaseUntil: this.ticker.now() + leaseMs });
        return row.detail.stopRequested === row.id ? "stop" : "held";
      },
      release: async (run) => {
        const row = this.#held(run);
        if (row !== undefined) Object.assign(row, { state: "queued", leaseUntil: 0 });
        return row !== undefined;
      },
      reissue: async (run, { runId, messageId }) => {
        const row = this.#held(run);
        if (row === undefined) return undefined;
        Object.assign(row, { id: runId, message_id: messageId });
        return { ...row };
      },
      giveUp: async (run) => {
        this.finish(run, "interrupted", run.text);
      },
      requestStop: async (_, conversationId) => {
        const row = this.rows.find(
          (one) => one.conversation_id === conversationId && ["queued", "running"].includes(one.state),
        );
        if (row === undefined) return undefined;
        row.detail = { ...row.detail, stopRequested: row.id };
        return { ...row };
      },
    };
  }

  #held(run: Run): Row | undefined {
    const row = this.row(run.id);
    return row?.fence === run.fence && row.state === "running" ? row : undefined;
  }
}
