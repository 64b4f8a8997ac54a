import { z } from "zod";
import { Language, TopicName } from "./attributes.ts";
import { ChannelName } from "./channel.ts";
import { Text } from "./primitives.ts";

export const MAX_WORDS = 100;

/** Words and phrases that a message may hold; one without a letter would match everything or nothing. */
export const listOfWords = (what: string) =>
  z
    .array(
      z
        .string()
        .trim()
        .max(80, `A ${what} has at most 80 letters.`)
        .regex(/[\p{L}\p{N}]/u, `An empty ${what} would match nothing.`),
    )
    .max(MAX_WORDS, `Use at most ${MAX_WORDS} of each ${what}.`);

export const SentimentThreshold = z
  .number("Say a mood as a number from −1 to 1.")
  .min(-1, "A mood lies between −1 (furious) and 1 (delighted).")
  .max(1, "A mood lies between −1 (furious) and 1 (delighted).");
export const ConfidenceThreshold = z
  .number("Say how sure as a number from 0 to 1.")
  .min(0, "How sure an answer is lies between 0 and 1.")
  .max(1, "How sure an answer is lies between 0 and 1.");
export const MessageCount = z
  .int("Say a whole number of messages.")
  .min(1, "A conversation has at least one message.")
  .max(1000, "Use at most 1,000 messages.");
export const Times = z
  .int("Say a whole number of times.")
  .min(2, "A question goes in circles from the second time on.")
  .max(10, "Use at most 10 times.");
export const InARow = z
  .int("Say a whole number in a row.")
  .min(1, "Use at least 1.")
  .max(10, "Use at most 10 in a row.");

/** The name of something a company knows of its customers, such as `plan`. */
export const AttributeName = Text.pipe(
  z.string().trim().min(1, "Name the attribute.").max(60, "An attribute's name has at most 60 letters."),
);
export const AttributeValue = z.union([Text.pipe(z.string().max(200)), z.number(), z.boolean()]);
export type AttributeValue = z.infer<typeof AttributeValue>;

const Membership = z.enum(["one_of", "none_of"]);
const chosen = "Choose at least one.";

/** One thing that must hold besides what a rule watches. */
export const Fact = z.discriminatedUnion("on", [
  z.object({ on: z.literal("channel"), is: Membership, values: z.array(ChannelName).min(1, chosen).max(20) }),
  z.object({ on: z.literal("language"), is: Membership, values: z.array(Language).min(1, chosen).max(50) }),
  z.object({ on: z.literal("topic"), is: Membership, values: z.array(TopicName).min(1, chosen).max(50) }),
  z.object({ on: z.literal("office_hours"), is: z.enum(["open", "closed"]) }),
  z
    .object({
      on: z.literal("attribute"),
      name: AttributeName,
      is: z.enum(["equal", "not_equal", "contains", "above", "below"]),
      value: AttributeValue,
    })
    .refine(({ is, value }) => (is !== "above" && is !== "below") || typeof value === "number", {
      path: ["value"],
      message: "Above and below compare with a number.",
    }),
  z.object({ on: z.literal("sentiment"), atMost: SentimentThreshold, consecutive: InARow.default(1) }),
  z.object({ on: z.literal("confidence"), below: ConfidenceThreshold, consecutive: InARow.default(1) }),
  z.object({ on: z.literal("messages"), moreThan: MessageCount }),
  z.object({ on: z.literal("circles"), times: Times }),
  z.object({
    on: z.literal("keyword"),
    keywords: listOfWords("keyword").min(1, "Name at least one keyword."),
  }),
  z.object({ on: z.literal("explicit_request") }),
]);
export type Fact = z.infer<typeof Fact>;

const MOST_PARTS = 10;
const parts = <Part extends z.ZodType>(part: Part) =>
  z
    .array(part)
    .min(1, "A group holds at least one condition.")
    .max(MOST_PARTS, `A group holds at most ${MOST_PARTS} conditions.`);

/** Facts of which all, or any, must hold. */
export const FactGroup = z.discriminatedUnion("on", [
  z.object({ on: z.literal("all"), of: parts(Fact) }),
  z.object({ on: z.literal("any"), of: parts(Fact) }),
]);
export type FactGroup = z.infer<typeof FactGroup>;

const inner = parts(z.discriminatedUnion("on", [Fact, FactGroup]));

/** Where and when a rule holds: a fact, or a group of facts and groups; two levels and no more, so that it can be read aloud. */
export const Condition = z.discriminatedUnion("on", [
  Fact,
  z.object({ on: z.literal("all"), of: inner }),
  z.object({ on: z.literal("any"), of: inner }),
]);
export type Condition = z.infer<typeof Condition>;

/** The facts of a condition, without their groups. */
export function factsOf(condition: Condition): Fact[] {
  if (condition.on !== "all" && condition.on !== "any") return [condition];
  return condition.of.flatMap(factsOf);
}
