import { computed, signal } from "@preact/signals";
import type { Keep } from "#client/outbox";
import { general, newsIn } from "#client/topics";
import type { TopicView } from "#contracts/topics";

/** How long something new in another topic stands above the one that is shown. */
const newsLasts = 8_000;

/** The customer's topics as the window keeps them: the one it shows, and what is new in the others. */
export function createTopics(keep: Keep, agentId: string) {
  const key = `baton:${agentId}:topic`;
  const shown = signal(keep.getItem(key) ?? general);
  const list = signal<TopicView[]>([]);
  const screen = signal<"chat" | "topics">("chat");
  const news = signal<TopicView>();
  let fading: ReturnType<typeof setTimeout> | undefined;

  return {
    shown,
    list,
    /** What fills the window. */
    screen,
    /** The topic that something new was just said in. */
    news,
    /** What was begun to be written, by topic. */
    drafts: new Map<string, string>(),
    unreadElsewhere: computed(() =>
      list.value.reduce((sum, { name, unread }) => (name === shown.value ? sum : sum + unread), 0),
    ),
    show(name: string) {
      shown.value = name;
      if (news.value?.name === name) news.value = undefined;
      try {
        keep.setItem(key, name);
      } catch {
        // Without storage the next visit begins with General.
      }
    },
    /** Takes the list in and answers the topic, besides the shown one, in which something new was said. */
    take(topics: TopicView[]): TopicView | undefined {
      const [first] = list.value.length === 0 ? [] : newsIn(list.value, topics, shown.value);
      list.value = topics;
      if (first === undefined) return undefined;
      news.value = first;
      clearTimeout(fading);
      fading = setTimeout(() => {
        news.value = undefined;
      }, newsLasts);
      return first;
    },
  };
}
