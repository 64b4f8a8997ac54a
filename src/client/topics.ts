import type { TopicView } from "#contracts/topics";
import { isTopicList } from "./shapes.ts";
import type { Frame } from "./transport.ts";

/** The topic that every customer has. */
export const general = "General";

/** The customer's topics as a frame of their stream tells them; undefined where it tells of something else. */
export function parseTopics({ event, data }: Frame): TopicView[] | undefined {
  return event === "topics" && isTopicList(data) ? data.topics : undefined;
}

/** The topics, but for the one that is shown, in which more is unread than before. */
export function newsIn(before: TopicView[], after: TopicView[], shown: string): TopicView[] {
  const known = new Map(before.map(({ name, unread }) => [name, unread]));
  return after.filter(({ name, unread }) => name !== shown && unread > (known.get(name) ?? 0));
}
