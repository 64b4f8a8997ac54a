import type { Chat } from "./chat/store.ts";

const words = {
  ready: "Show earlier messages",
  loading: "Loading earlier messages…",
  failed: "Earlier messages could not be loaded. Try again",
};

/** Stands where the log begins as long as more was said before. */
export function Earlier({ chat }: { chat: Chat }) {
  return (
    <button type="button" class="earlier" onClick={chat.loadEarlier}>
      {words[chat.earlier.value]}
    </button>
  );
}
