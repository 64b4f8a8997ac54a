import type { Bus } from "#lib/bus";
import { newId } from "#lib/ids";
import { log } from "#lib/log";
import { Drive, type DriveTimes, type EndReason, type RunEvent } from "./drive.ts";
import { Control, controlTopic } from "./run-control.ts";
import { type Run, type RunStore, wasStopped } from "./run-store.ts";
import { systemTicker, type Ticker } from "./ticker.ts";

export type RunPorts = { signal: AbortSignal; emit(piece: { text: string }): void };
export type RunOutcome = "stopped" | "interrupted" | "failed";

export type RunnerPorts = {
  store: RunStore;
  /** Answers the run and stores its end in one commit, conditional on the run's fence. */
  turn(run: Run, ports: RunPorts): Promise<void>;
  /** Stores the end of a run that will not be answered in full; `text` is exactly what was shown. */
  end(run: Run, how: { outcome: RunOutcome; text: string }): Promise<void>;
  publish(run: Run, event: RunEvent): void;
  /** Whether the customer sees an answer while it is written; where they do not, a broken one is written anew. */
  isSeen(run: Run): Promise<boolean>;
  /** Tells when a person or a newer message overtook the run; answers the way to stop listening. */
  watch(run: Run, superseded: () => void): () => void;
  bus: Pick<Bus, "publish" | "subscribe">;
};

export type RunnerOptions = Partial<DriveTimes> & {
  holder?: string;
  ticker?: Ticker;
  /** Answers under way at once in this process. */
  most?: number;
  sweepMs?: number;
  /** How long a run may wait for the process that took its message. */
  patienceMs?: number;
};

type Kick = { companyId: string; runId: string };

/** Who will hold a run, for how long at first, and since when by the runner's own clock. */
export type Offer = { holder: string; leaseMs: number; at: number };

/** Claims runs and carries them to their end: answered, stopped, handed on or given up, but never by two at once. */
export class Runner {
  readonly #ports: RunnerPorts;
  readonly #options: Required<RunnerOptions>;
  readonly #active = new Map<string, Drive>();
  readonly #settling = new Set<Promise<void>>();
  readonly #waiting = new Map<string, Kick>();
  #claiming = 0;
  #cancelSweep: (() => void) | undefined;
  #leaveBus: (() => void) | undefined;
  #draining = false;

  constructor(ports: RunnerPorts, options: RunnerOptions = {}) {
    this.#ports = ports;
    this.#options = { ...standard, holder: newId(), ticker: systemTicker, ...options };
  }

  start(): void {
    this.#draining = false;
    this.#leaveBus ??= this.#ports.bus.subscribe(controlTopic, (message) => this.#obey(message));
    this.#sweepLater();
  }

  /** Stops claiming; what is under way goes on. */
  stop(): void {
    this.#draining = true;
    this.#cancelSweep?.();
    this.#leaveBus?.();
    this.#cancelSweep = undefined;
    this.#leaveBus = undefined;
  }

  /** Starts a run that this process just committed, without waiting for the sweep. */
  kick(run: Kick): void {
    if (this.#draining) return;
    if (this.#free() > 0) this.#track(this.#claim(run));
    // Beyond this many the sweeps of all processes find them.
    else if (this.#waiting.size < 1_000) this.#waiting.set(run.runId, run);
  }

  /** Offers to hold a run from the commit that makes it; nothing when this process has its hands full. */
  offer(): Offer | undefined {
    const { holder, leaseMs, ticker } = this.#options;
    return this.#draining || this.#free() <= 0 ? undefined : { holder, leaseMs, at: ticker.now() };
  }

  /** Carries a run that was committed under an offer. */
  take(run: Run, { at }: Offer): void {
    this.#track(this.#carry(run, at));
  }

  /** The words shown so far of an answer that this process is writing. */
  partial(runId: string): { messageId: string; text: string } | undefined {
    const drive = this.#active.get(runId);
    return drive && { messageId: drive.run.message_id, text: drive.shown };
  }

  /** Has whichever process writes this answer send all of it again, as a delta from offset 0. */
  replay(runId: string): void {
    const drive = this.#active.get(runId);
    if (drive === undefined) this.#tell({ type: "replay", runId });
    else drive.replay();
  }

  /** Ends the running answer of a conversation, wherever it runs; what was shown stays. */
  async stopRun({ companyId, conversationId }: { companyId: string; conversationId: string }): Promise<void> {
    const run = await this.#ports.store.requestStop(companyId, conversationId);
    if (run === undefined) return;
    const drive = this.#active.get(run.id);
    this.#waiting.delete(run.id);
    if (drive !== undefined) drive.end("stopped");
    else if (run.state === "queued") await this.#track(this.#claim({ companyId, runId: run.id }));
    else this.#tell({ type: "stop", runId: run.id });
  }

  /** Stops claiming, waits for answers under way, and hands on what is not done in time. */
  async drain(ms: number): Promise<void> {
    this.stop();
    for (const run of this.#waiting.values()) this.#tell({ type: "free", ...run });
    this.#waiting.clear();
    let late: (() => void) | undefined;
    const patience = new Promise<void>((done) => {
      late = this.#options.ticker.after(ms, done);
    });
    await Promise.race([this.#settled(), patience]);
    late?.();
    for (const drive of this.#active.values()) drive.end("draining");
    await this.#settled();
  }

  get active(): number {
    return this.#active.size;
  }

  async #settled(): Promise<void> {
    while (this.#settling.size > 0) await Promise.allSettled(this.#settling);
  }

  #track(work: Promise<void>): Promise<void> {
    const tracked = work
      .catch((error: unknown) => log.error({ err: error }, "A run could not be carried to its end"))
      .finally(() => {
        this.#settling.delete(tracked);
        this.#next();
      });
    this.#settling.add(tracked);
    return tracked;
  }

  #free(): number {
    return this.#options.most - this.#active.size - this.#claiming;
  }

  /** Takes up a waiting run, of the company that has the fewest under way. */
  #next(): void {
    if (this.#draining || this.#free() <= 0) return;
    const busy = new Map<string, number>();
    for (const { run } of this.#active.values())
      busy.set(run.company_id, (busy.get(run.company_id) ?? 0) + 1);
    const load = ({ companyId }: Kick) => busy.get(companyId) ?? 0;
    let chosen: Kick | undefined;
    for (const run of this.#waiting.values())
      if (chosen === undefined || load(run) < load(chosen)) chosen = run;
    if (chosen === undefined) return;
    this.#waiting.delete(chosen.runId);
    this.#track(this.#claim(chosen));
  }

  async #claim({ companyId, runId }: Kick): Promise<void> {
    const { holder, leaseMs, ticker } = this.#options;
    const claimedAt = ticker.now();
    this.#claiming += 1;
    const claimed = await this.#ports.store
      .claim(companyId, runId, holder, leaseMs)
      // The database is away for a moment: the sweep takes it up.
      .catch(() => undefined)
      .finally(() => {
        this.#claiming -= 1;
      });
    if (claimed !== undefined) await this.#carry(claimed, claimedAt);
  }

  #sweepLater(): void {
    this.#cancelSweep?.();
    this.#cancelSweep = this.#options.ticker.after(this.#options.sweepMs, () => void this.#sweep());
  }

  async #sweep(): Promise<void> {
    const { holder, patienceMs, leaseMs, ticker } = this.#options;
    const room = this.#free();
    const claimedAt = ticker.now();
    try {
      const runs = room > 0 ? await this.#ports.store.sweep(holder, patienceMs, leaseMs, room) : [];
      for (const run of runs) this.#track(this.#carry(run, claimedAt));
    } catch (error) {
      log.warn({ err: error }, "Waiting runs could not be swept up");
    }
    if (!this.#draining) this.#sweepLater();
  }

  async #carry(claimed: Run, claimedAt: number): Promise<void> {
    const { store, publish } = this.#ports;
    const run = await this.#takeUp(claimed);
    if (run === undefined) return;
    const drive = new Drive(run, { ...this.#options, store, publish, times: this.#options, claimedAt });
    const unwatch = this.#ports.watch(run, () => drive.end("superseded"));
    this.#active.set(run.id, drive);
    publish(run, { type: "thinking" });
    if (this.#draining) drive.end("draining");
    try {
      const ended = await drive.carry((ports) => this.#ports.turn(run, ports));
      if (ended !== undefined) await this.#close(drive, ended.why);
    } catch (error) {
      log.error({ err: error, runId: run.id }, "An AI turn failed");
      await this.#end(run, "failed", drive.shown);
    } finally {
      unwatch();
      this.#active.delete(run.id);
      // Windows that show it thinking would wait for its first word for ever.
      if (drive.shown === "") publish(run, { type: "superseded" });
    }
  }

  /** Settles what an earlier holder left behind; `undefined` when nothing is left to do. */
  async #takeUp(run: Run): Promise<Run | undefined> {
    const { store, publish } = this.#ports;
    if (run.fence > mostHolders) {
      await store.giveUp(run);
      publish(run, { type: "superseded" });
      return undefined;
    }
    if (run.text !== "" && (await this.#ports.isSeen(run))) {
      // Some words were shown: they are what the customer keeps. Windows that saw more are set back to what is stored.
      publish(run, { type: "delta", offset: 0, text: run.text });
      await this.#end(run, wasStopped(run) ? "stopped" : "interrupted", run.text);
      return undefined;
    }
    if (wasStopped(run)) {
      await this.#end(run, "stopped", "");
      publish(run, { type: "superseded" });
      return undefined;
    }
    if (run.fence > mostTries) {
      await this.#end(run, "failed", "");
      publish(run, { type: "superseded" });
      return undefined;
    }
    if (run.fence === 1) return run;
    // The process before may still be alive and speak: under new ids nobody takes its words for these.
    const again = await store.reissue(run, { runId: newId(), messageId: newId() });
    publish(run, { type: "superseded" });
    return again;
  }

  async #close(drive: Drive, why: EndReason): Promise<void> {
    const { run, shown } = drive;
    // Overtaken: whoever overtook it has said so.
    if (why === "superseded" || why === "lost") return;
    if (why === "stopped") return this.#end(run, "stopped", shown);
    if (why === "overdue") return this.#end(run, "failed", shown);
    if (shown !== "" && (await this.#ports.isSeen(run))) return this.#end(run, "interrupted", shown);
    const released = await this.#ports.store.release(run);
    if (released) this.#tell({ type: "free", companyId: run.company_id, runId: run.id });
  }

  async #end(run: Run, outcome: RunOutcome, text: string): Promise<void> {
    try {
      await this.#ports.end(run, { outcome, text });
    } catch (error) {
      // The lease runs out, and the next sweep tries again.
      log.error({ err: error, runId: run.id, outcome }, "The end of a run could not be stored");
    }
  }

  #tell(message: Control): void {
    this.#ports.bus.publish(controlTopic, JSON.stringify(message));
  }

  #obey(message: string): void {
    const parsed = Control.safeParse(JSON.parse(message));
    if (!parsed.success) return;
    const { data } = parsed;
    if (data.type === "stop") this.#active.get(data.runId)?.end("stopped");
    else if (data.type === "replay") this.#active.get(data.runId)?.replay();
    else this.kick({ companyId: data.companyId, runId: data.runId });
  }
}

const standard = {
  leaseMs: 5_000,
  renewMs: 1_500,
  windowMs: 20,
  longestMs: 180_000,
  most: 32,
  sweepMs: 1_000,
  patienceMs: 1_000,
};
/** A run that failed this many processes is answered by an honest notice, and later given up. */
const mostTries = 4;
const mostHolders = 8;
