import { z } from "zod";
import type { Bus } from "#lib/bus";
import { conversationTopic } from "#services/conversations";
import type { Run } from "./run-store.ts";

/**
 * Listens to a run's conversation for what overtakes it: a newer word of the customer, a change of owner, or the plain
 * statement that it is superseded. Only a hint for speed: what may be stored is decided by the run's fence.
 */
export function watchOvertaking(bus: Pick<Bus, "subscribe">) {
  return (run: Run, superseded: () => void): (() => void) =>
    bus.subscribe(conversationTopic(run.conversation_id), (message) => {
      // The run's own deltas come by here too, many a second.
      if (message.includes('"type":"delta"')) return;
      if (overtakes(JSON.parse(message), run)) superseded();
    });
}

function overtakes(message: unknown, run: Run): boolean {
  const parsed = Ring.safeParse(message);
  if (!parsed.success) return false;
  const { event } = parsed.data;
  if (event.type === "superseded") return event.runId === run.id;
  if (event.type === "state") return event.state.epoch > run.epoch;
  return event.message.author.kind === "customer" && event.seq > run.customer_seq;
}

const Ring = z.object({
  event: z.discriminatedUnion("type", [
    z.object({ type: z.literal("superseded"), runId: z.string() }),
    z.object({ type: z.literal("state"), state: z.object({ epoch: z.number() }) }),
    z.object({
      type: z.literal("message"),
      seq: z.number(),
      message: z.object({ author: z.object({ kind: z.string() }) }),
    }),
  ]),
});
