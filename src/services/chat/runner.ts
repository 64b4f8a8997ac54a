import { once } from "#lib/registry";
import type { Offer, Run } from "#services/ai";
import type { Ahead } from "./turn-basis.ts";

/** What chat asks of the process's runner of AI answers. */
export type ChatRunner = {
  /** Starts a run at once where it was committed, so that the first word need not wait for a sweep. */
  kick(run: { companyId: string; runId: string }): void;
  /** Offers to hold a run from the commit that makes it. */
  offer(): Offer | undefined;
  /** Carries a run that was committed under an offer. */
  take(run: Run, offer: Offer): void;
  /** The text so far of an answer that this process is writing. */
  partial(runId: string): { messageId: string; text: string } | undefined;
  /** Has whichever process writes an answer send all of it again. */
  replay(runId: string): void;
  stopRun(place: { companyId: string; conversationId: string }): Promise<void>;
};

/** Keeps what was read ahead for a run until it is carried. */
export function keepAhead(run: Run, ahead: Ahead): void {
  aheads().set(run, ahead);
}

/** What was read ahead for this very record of a run, which only the process that stored its question has. */
export function aheadOf(run: Run): Ahead | undefined {
  return aheads().get(run);
}

function aheads(): WeakMap<Run, Ahead> {
  return once("chat.aheads", () => new WeakMap<Run, Ahead>());
}

type Slot = { runner?: ChatRunner };

/** The runner of this process; none where it only serves pages, and then the runs are swept up elsewhere. */
export function chatRunner(): ChatRunner | undefined {
  return slot().runner;
}

/** Has the process that writes an answer send all of it again; where it is this one, every reader got it already. */
export function retellAnswer(runId: string): void {
  const runner = chatRunner();
  if (runner !== undefined && runner.partial(runId) === undefined) runner.replay(runId);
}

/** Sets the runner when it starts, and unsets it when it stops. */
export function setChatRunner(runner: ChatRunner | undefined): void {
  slot().runner = runner;
}

function slot(): Slot {
  return once<Slot>("chat.runner", () => ({}));
}
