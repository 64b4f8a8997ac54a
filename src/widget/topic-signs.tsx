import { general } from "#client/topics";
import type { Chat } from "./chat/store.ts";
import { Icon } from "./icons.tsx";
import { spoken } from "./text/words.ts";

/** Says whether the customer has topics to choose between. */
export function hasTopics({ topics, card }: Chat): boolean {
  return topics.list.value.length > 1 || card.value.topics.length > 0;
}

/** Something new was said in a topic that is not shown. */
export function TopicNews({ chat }: { chat: Chat }) {
  const news = chat.topics.news.value;
  if (news === undefined) return null;
  return (
    <div class="news-card">
      <button type="button" class="news-open" onClick={() => chat.openTopic(news.name)}>
        <span class="topic-name ellipsis" dir="auto">
          {news.name}
        </span>
        <span class="topic-line ellipsis" dir="auto">
          {spoken(news.lastWords)}
        </span>
      </button>
      <button
        type="button"
        class="icon-button small"
        aria-label="Dismiss"
        onClick={() => {
          chat.topics.news.value = undefined;
        }}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}

/** The way back to all topics, with how much is unread there. */
export function BackToTopics({ chat }: { chat: Chat }) {
  const unread = chat.topics.unreadElsewhere.value;
  return (
    <button
      type="button"
      class="icon-button back"
      aria-label={unread > 0 ? `All topics, ${unread} unread` : "All topics"}
      onClick={() => {
        chat.topics.screen.value = "topics";
      }}
    >
      <Icon name="back" />
      {unread > 0 && (
        <span class="count" aria-hidden="true">
          {unread > 9 ? "9+" : unread}
        </span>
      )}
    </button>
  );
}

/** The name of the shown topic, where it is another than the one that everybody has. */
export function shownTopic({ topics }: Chat): string | undefined {
  return topics.shown.value === general ? undefined : topics.shown.value;
}
