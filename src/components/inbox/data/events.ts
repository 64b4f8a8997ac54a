import { z } from "zod";
import type { Frame } from "#client/transport";
import { DurableEvent, FleetingEvent, Notification } from "#contracts/events";
import { OperatorSnapshot } from "#contracts/operator";

const Snapshot = OperatorSnapshot.extend({ type: z.literal("snapshot") });
const schemas = [DurableEvent, FleetingEvent, Notification, Snapshot];

/** What can happen on an operator's stream. */
export type InboxEvent = DurableEvent | FleetingEvent | Notification | z.infer<typeof Snapshot>;

/** Parses a frame of the operator's stream; what this window does not know is nothing. */
export function parseInboxEvent(frame: Frame): InboxEvent | undefined {
  if (typeof frame.data !== "object" || frame.data === null) return undefined;
  const said = { ...frame.data, type: frame.event };
  for (const schema of schemas) {
    const parsed = schema.safeParse(said);
    if (parsed.success) return parsed.data;
  }
  return undefined;
}
