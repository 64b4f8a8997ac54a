import { Avatar } from "./avatar.tsx";
import type { Chat } from "./chat/store.ts";
import { Icon } from "./icons.tsx";
import { Menu } from "./menu.tsx";
import { placeInLine } from "./text/words.ts";
import { BackToTopics, hasTopics, shownTopic } from "./topic-signs.tsx";

/** Who one is talking to, and the way to a person and out. */
export function Header({ chat, onClose }: { chat: Chat; onClose?: (() => void) | undefined }) {
  const { card, conversation } = chat;
  const state = conversation.value?.state;
  const operator = state?.state === "WITH_HUMAN" ? state.operator : undefined;
  const waiting = state?.state === "WAITING_HUMAN";
  return (
    <header class="header">
      {hasTopics(chat) && <BackToTopics chat={chat} />}
      <Avatar kind={operator ? "operator" : "agent"} name={operator?.name ?? card.value.name} size={40} />
      <div class="header-who">
        <h1 class="header-name">
          <span class="ellipsis" dir="auto">
            {operator?.name ?? card.value.name}
          </span>
          {operator ? <span class="badge badge-person">Support</span> : <span class="badge">AI</span>}
        </h1>
        <p class="header-line ellipsis">
          {waiting ? (
            (placeInLine(state.position) ?? "Waiting for a person")
          ) : (
            <>
              <span class="dot" aria-hidden="true" />
              {operator ? "Here for you" : "Answers at once"} · {shownTopic(chat) ?? card.value.companyName}
            </>
          )}
        </p>
      </div>
      <Menu chat={chat} />
      {onClose && (
        <button type="button" class="icon-button" aria-label="Close chat" onClick={onClose}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}
