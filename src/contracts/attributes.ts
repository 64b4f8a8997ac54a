import { z } from "zod";
import { Id, Moment, Text } from "./primitives.ts";

/** The name of a topic; a customer's first conversation with an agent is about everything. */
export const TopicName = Text.pipe(z.string().trim().min(1).max(60));
export const GENERAL = "General";

/** A skill that a conversation needs, or a tag that it carries: a short word. */
export const Word = Text.pipe(z.string().trim().toLowerCase().min(1).max(40));

export const Language = z.string().regex(/^[a-z]{2,3}$/, "is a language code such as en or de");

/** Which promise of a service level agreement a clock measures. */
export const ClockKind = z.enum(["first_response", "next_response", "resolution"]);
export type ClockKind = z.infer<typeof ClockKind>;

/** The clock that ends first: `at` already stands where office hours put it, `warnAt` at three quarters of its time. */
export const Due = z.object({
  kind: ClockKind,
  since: Moment,
  warnAt: Moment,
  at: Moment,
  /** Outside office hours time stands still; from then on it runs again. */
  pausedUntil: Moment.optional(),
});
export type Due = z.infer<typeof Due>;

/** What the AI may do after a person handed a conversation back, and to whom it returns outside of that. */
export const Scope = z.object({
  /** What the person agreed with the customer. */
  note: z.string().max(2_000).optional(),
  /** What the AI may help with; empty where it may do anything. */
  topics: z.array(Text.pipe(z.string().trim().min(1).max(200))).max(10),
  /** What brought the person in: it does not bring one in again. */
  settled: z.string().optional(),
  /** Who had the conversation; nobody where it was taken out of the queue by a program. */
  by: z.object({ id: z.string(), name: z.string() }).optional(),
  at: Moment,
});
export type Scope = z.infer<typeof Scope>;

/** What operators know of a conversation besides its words. */
export const Attributes = z.object({
  topic: z.string(),
  teamId: Id.optional(),
  skills: z.array(z.string()),
  language: z.string().optional(),
  tags: z.array(z.string()),
  snoozedUntil: Moment.optional(),
  /** Its snooze ended then, and nobody has answered since: it needs a response, whoever spoke last. */
  wokenAt: Moment.optional(),
  due: Due.optional(),
  scope: Scope.optional(),
});
export type Attributes = z.infer<typeof Attributes>;
