import { z } from "zod";
import { TopicName } from "./attributes.ts";
import { AuthorKind, OperatorRef, State } from "./conversation.ts";
import { Id, Moment } from "./primitives.ts";

/** So many topics a customer may hold with one agent. */
export const mostTopics = 20;

/** One of a customer's topics with an agent, as their list shows it: each is a conversation of its own. */
export const TopicView = z.object({
  name: z.string(),
  conversationId: Id,
  unread: z.number().int().nonnegative(),
  /** The last words anyone wrote, shortened; empty where nobody has. */
  lastWords: z.string(),
  lastAuthor: AuthorKind.optional(),
  lastMessageAt: Moment,
  state: State,
  operator: OperatorRef.optional(),
});
export type TopicView = z.infer<typeof TopicView>;

/** Newest words first; the first topic, which every customer has, is called General. */
export const TopicList = z.object({ topics: z.array(TopicView) });
export type TopicList = z.infer<typeof TopicList>;

export const OpenTopicBody = z.object({ name: TopicName });
export type OpenTopicBody = z.infer<typeof OpenTopicBody>;

/** Which of the customer's topics a request is about; General where it says none. */
export const TopicQuery = z.object({ topic: TopicName.optional() });
