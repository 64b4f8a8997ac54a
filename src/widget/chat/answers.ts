import { flag, type Guard, list, oneOf, shape, text } from "#client/guard";
import type { OutboxEntry } from "#client/outbox";
import type { MessageView } from "#contracts/conversation";
import type { Cards, Choices, Form, Offering, StructuredAnswer } from "#contracts/structured";
import type { Asked } from "#contracts/structured-answers";
import { alongOf } from "./along.ts";

const choice = shape({ id: text, label: text });
const isChoices: Guard<Choices> = shape({ kind: oneOf("choices"), choices: list(choice) });
const isAction = ((value: unknown) =>
  shape({ label: text, url: text })(value) || shape({ label: text, reply: text })(value)) as Guard<
  Cards["cards"][number]["actions"][number]
>;
const isCards: Guard<Cards> = shape({
  kind: oneOf("cards"),
  cards: list(shape({ title: text, actions: list(isAction) }, { text })),
});
const isForm: Guard<Form> = shape(
  {
    kind: oneOf("form"),
    fields: list(
      shape(
        {
          id: text,
          label: text,
          type: oneOf("text", "long_text", "email", "phone", "number", "date", "choice"),
          required: flag,
        },
        { choices: list(choice), hint: text },
      ),
    ),
  },
  { title: text, submit: text },
);

/** What a message carries to press, read or fill in; undefined for what this window does not know how to draw. */
export function offeringOf({ data }: MessageView): Offering | undefined {
  return isChoices(data) || isCards(data) || isForm(data) ? data : undefined;
}

/** How a question stands: open, answered with these values, or left behind by later words. */
export function standing(
  { id, seq }: MessageView,
  asked: Asked,
  messages: readonly MessageView[],
  onTheWay: readonly OutboxEntry[],
): StructuredAnswer["values"] | "open" | "closed" {
  for (const { data } of [...messages, ...onTheWay.map(alongOf)]) {
    if (data?.kind === "answer" && data.to === id) return data.values;
  }
  if (asked.kind === "form") return "open";
  const spoken =
    onTheWay.length > 0 || messages.some((one) => one.author.kind === "customer" && one.seq > seq);
  return spoken ? "closed" : "open";
}
