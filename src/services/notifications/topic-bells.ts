import type { LiveEvent } from "#contracts/events";
import type { TopicView } from "#contracts/topics";
import { log } from "#lib/log";
import { type Follower, follow } from "./conversation-feed.ts";
import { enterCustomer } from "./presence.ts";
import { eventFrame } from "./stream.ts";

export type OtherTopics = {
  /** The conversation in which each of the customer's windows hears that their topics have changed. */
  home: string;
  list: () => Promise<TopicView[]>;
};

/** What comes at once is told together. */
const together = 120;

/**
 * Tells a window of a customer's other topics beside the one it shows: all of them now, and again whenever something is
 * said or read in one, or one is begun; nothing where there is only one. Ends when its sink closes.
 */
export function followTopics(window: Follower, { home, list }: OtherTopics): void {
  const { sink, companyId, conversationId: shown } = window;
  const followed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let telling = false;
  let told = "";

  function listen(conversationId: string, matters: (event: LiveEvent | undefined) => boolean) {
    const bell = (event?: LiveEvent) => {
      if (matters(event)) soon();
    };
    // From the beginning: the first sweep then brings what was said between the list and this moment.
    follow({ ...window, conversationId, last: 0, catchingUp: false, sessionId: undefined, bell });
  }

  function soon() {
    if (sink.closed) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void tell();
    }, together);
  }

  async function tell() {
    if (telling) return soon();
    telling = true;
    try {
      const topics = await list();
      for (const { conversationId } of topics) {
        if (conversationId === shown || followed.has(conversationId) || sink.closed) continue;
        followed.add(conversationId);
        listen(conversationId, changesList);
        sink.onClose(enterCustomer(companyId, conversationId));
      }
      const now = JSON.stringify(topics);
      const news = now !== told && (told !== "" || topics.length > 1);
      told = now;
      if (!news || sink.closed) return;
      sink.write(eventFrame({ type: "topics", conversationId: shown, topics }));
    } catch (error) {
      // The next word in one of them, or the next connection, tells it.
      log.warn({ name: error instanceof Error ? error.name : "unknown" }, "Topics could not be told");
    } finally {
      telling = false;
    }
  }

  sink.onClose(() => clearTimeout(timer));
  if (shown === home) listen(home, (event) => event?.type === "topics");
  void tell();
}

function changesList(event: LiveEvent | undefined): boolean {
  return event === undefined || ["message", "state", "read", "topics"].includes(event.type);
}
