import { computed, effect, type Signal, signal } from "@preact/signals";
import type { Conversation } from "#client/conversation";
import { isVoice } from "./sound.ts";

type Reading = {
  conversation: Signal<Conversation | undefined>;
  /** The end of the conversation is on screen in front of someone. */
  isWatched: () => boolean;
  /** Says how far it was read. */
  tell: (seq: number) => void;
};

/** How long something must be on screen to be read. */
const glance = 250;

/** How far the customer has read the conversation that the window shows. */
export function createReading({ conversation, isWatched, tell }: Reading) {
  const seen = signal({ conversationId: "", seq: 0 });
  const read = computed(() => {
    const { conversationId, seq } = seen.value;
    const here = conversation.value?.conversationId === conversationId ? seq : 0;
    return Math.max(here, conversation.value?.receipts.customerRead ?? 0);
  });

  // What is on screen in front of someone is read.
  effect(() => {
    const last = conversation.value?.messages.findLast(({ author }) => author.kind !== "customer");
    if (!isWatched() || last === undefined || last.seq <= read.value) return;
    const { conversationId, seq } = last;
    const settle = setTimeout(() => {
      seen.value = { conversationId, seq };
      tell(seq);
    }, glance);
    return () => clearTimeout(settle);
  });

  return {
    unread: computed(
      () =>
        conversation.value?.messages.filter(({ author, seq }) => isVoice(author) && seq > read.value)
          .length ?? 0,
    ),
  };
}
