import { z } from "zod";
import { FormField, Offering } from "#contracts/structured";
import { choicesOf } from "#contracts/structured-answers";
import type { LinkRule } from "./links.ts";

const words = z
  .string()
  .trim()
  .min(1)
  .max(1_000)
  .describe("What you say with it, in the customer's language; leave out what you have said already.");
const label = (about: string) => z.string().trim().min(1).max(80).describe(about);

export const ChoicesArguments = z.object({
  words,
  answers: z.array(label("An answer as the customer would give it.")).min(2).max(6),
});

export const CardsArguments = z.object({
  words,
  cards: z
    .array(
      z.object({
        title: z.string().trim().min(1).max(120),
        text: z.string().trim().max(500).optional(),
        link: z
          .object({ label: label("What the link opens."), url: z.url().describe("From a passage's label.") })
          .optional(),
        reply: label("What the customer says by choosing this card.").optional(),
      }),
    )
    .min(1)
    .max(5),
});

export const FormArguments = z.object({
  words,
  title: z.string().trim().min(1).max(120).optional(),
  fields: z
    .array(
      z.object({
        label: label("What is asked for."),
        type: FormField.shape.type,
        required: z.boolean().optional(),
        answers: z.array(label("An answer to choose.")).min(2).max(20).optional(),
      }),
    )
    .min(1)
    .max(8),
});

/** What a model wants to put beside its words, as it wrote it. */
export type WantedOffering =
  | { tool: "ask_choices"; given: z.infer<typeof ChoicesArguments> }
  | { tool: "show_cards"; given: z.infer<typeof CardsArguments> }
  | { tool: "ask_form"; given: z.infer<typeof FormArguments> };

/** What every word and link of it has to pass, as those of an answer do. */
type Rules = { clean: (text: string) => string; allows: LinkRule };

/** What a model wants to show, as it may be shown; undefined where nothing of it can be. */
export function offeringOf(wanted: WantedOffering, rules: Rules): Offering | undefined {
  return Offering.safeParse(made(wanted, rules)).data;
}

function made({ tool, given }: WantedOffering, { clean, allows }: Rules): unknown {
  const choices = (answers: string[]) => choicesOf([...new Set(answers.map(clean))]);
  switch (tool) {
    case "ask_choices":
      return choices(given.answers);
    case "show_cards":
      return {
        kind: "cards",
        cards: given.cards.map(({ title, text, link, reply }) => ({
          title: clean(title),
          text: text && clean(text),
          actions: [
            link !== undefined && allows(link.url) !== undefined
              ? { label: clean(link.label), url: link.url }
              : [],
            reply === undefined ? [] : { label: clean(reply), reply: clean(reply) },
          ].flat(),
        })),
      };
    case "ask_form":
      return {
        kind: "form",
        title: given.title && clean(given.title),
        fields: given.fields.map(({ label: asked, type, required, answers }, at) => ({
          id: `f${at + 1}`,
          label: clean(asked),
          type,
          required: required ?? false,
          ...(type === "choice" && { choices: choices(answers ?? []).choices }),
        })),
      };
  }
}
