import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Chat } from "./chat/store.ts";
import { Conversation } from "./conversation.tsx";
import { Later } from "./later.tsx";
import { spoken } from "./text/words.ts";

/** The whole window: a dialog beside the page, or over it on a small screen. */
export function Panel({
  chat,
  full,
  onClose,
}: {
  chat: Chat;
  full: Signal<boolean>;
  onClose?: (() => void) | undefined;
}) {
  const { card } = chat;
  const dropped = useSignal<File[]>([]);
  const dragging = useSignal(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) onClose?.();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [onClose]);

  return (
    <section
      class={dragging.value ? "panel dragging" : "panel"}
      role="dialog"
      aria-modal={full.value ? "true" : undefined}
      aria-label={`Chat with ${card.value.name}, AI assistant of ${card.value.companyName}`}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        dragging.value = true;
      }}
      onDragLeave={(event) => {
        if (event.currentTarget === event.target) dragging.value = false;
      }}
      onDrop={(event) => {
        dragging.value = false;
        if (!event.dataTransfer?.files.length) return;
        event.preventDefault();
        dropped.value = [...event.dataTransfer.files];
      }}
    >
      {chat.topics.screen.value === "topics" ? (
        <Later part="Topics" chat={chat} onClose={onClose} />
      ) : (
        <Conversation
          key={chat.topics.shown.value}
          chat={chat}
          dropped={dropped}
          full={full.value}
          onClose={onClose}
        />
      )}
      <p class="only-spoken" role="status">
        {spoken(chat.announcement.value)}
      </p>
    </section>
  );
}
