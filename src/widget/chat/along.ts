import { type Guard, oneOf, shape, text } from "#client/guard";
import type { OutboxEntry } from "#client/outbox";
import { general } from "#client/topics";
import type { StructuredAnswer } from "#contracts/structured";

/** What goes with a message on its way: the topic that it is about, and what it answers. */
export type Along = { topic: string; data?: StructuredAnswer };

const isAlong: Guard<Along> = shape(
  { topic: text },
  {
    data: shape({
      kind: oneOf("answer"),
      to: text,
      values: (value): value is StructuredAnswer["values"] => typeof value === "object" && value !== null,
    }),
  },
);

/** What goes with an entry of the outbox. */
export function alongOf({ along }: Pick<OutboxEntry, "along">): Along {
  return isAlong(along) ? along : { topic: general };
}
