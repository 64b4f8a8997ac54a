import { once } from "#lib/registry";

/** What chat asks of the process's runner of AI answers. */
export type ChatRunner = {
  /** Starts a run at once where it was committed, so that the first word need not wait for a sweep. */
  kick(run: { companyId: string; runId: string }): void;
  /** The text so far of an answer that this process is writing. */
  partial(runId: string): { messageId: string; text: string } | undefined;
  /** The same, for a reader who knows only the conversation. */
  partialOf(conversationId: string): { runId: string; messageId: string; text: string } | undefined;
  stopRun(place: { companyId: string; conversationId: string }): Promise<void>;
};

type Slot = { runner?: ChatRunner };

/** The runner of this process; none where it only serves pages, and then the runs are swept up elsewhere. */
export function chatRunner(): ChatRunner | undefined {
  return slot().runner;
}

/** Sets the runner when it starts, and unsets it when it stops. */
export function setChatRunner(runner: ChatRunner | undefined): void {
  slot().runner = runner;
}

function slot(): Slot {
  return once<Slot>("chat.runner", () => ({}));
}
