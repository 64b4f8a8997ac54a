import { useSignal, useSignalEffect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { MessageView } from "#contracts/conversation";
import { Group, LiveGroup, NoticeLine, Typing } from "./bubble.tsx";
import type { Chat } from "./chat/store.ts";
import { Earlier } from "./earlier.tsx";
import { Icon } from "./icons.tsx";
import { Intro } from "./intro.tsx";
import { useReadingPlace } from "./reading-place.ts";
import { timeline } from "./text/timeline.ts";

/** The conversation. It stays at its end while the reader is there, and leaves the reader alone elsewhere. */
export function Log({ chat, onReply }: { chat: Chat; onReply: (message: MessageView) => void }) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const lastSign = useRef("");
  const news = useSignal(false);
  const conversation = chat.conversation.value;
  const messages = conversation?.messages ?? [];
  const items = timeline(messages, chat.outboxEntries.value, Date.now());
  const run = conversation?.run;
  const typists = Object.values(conversation?.typists ?? {}).filter(({ kind }) => kind !== "customer");
  const sign = `${messages.at(-1)?.seq}:${chat.outboxEntries.value.length}:${run?.text.length ?? ""}:${typists.length}`;

  function toEnd() {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }

  useReadingPlace(scroller, messages[0]?.id);
  useLayoutEffect(() => {
    if (lastSign.current === sign) return;
    lastSign.current = sign;
    if (chat.atEnd.value) toEnd();
    else news.value = true;
  });

  useSignalEffect(() => {
    const element = scroller.current;
    if (!content.current || !element) return;
    let top = topOf(element);
    const grown = new ResizeObserver(() => {
      // Nothing of a window that is put away has a place.
      if (element.clientHeight === 0) return;
      const moved = topOf(element) - top;
      top += moved;
      if (chat.atEnd.peek()) toEnd();
      // A banner has come or gone above: the words stay where they are read.
      else element.scrollTop += moved;
    });
    grown.observe(content.current);
    grown.observe(element);
    return () => grown.disconnect();
  });

  function scrolled() {
    const element = scroller.current;
    if (!element) return;
    const gap = element.scrollHeight - element.scrollTop - element.clientHeight;
    chat.atEnd.value = gap < 48;
    if (gap < 48) news.value = false;
    const nearTop = gap >= 48 && element.scrollTop < 120;
    if (nearTop && conversation?.more && chat.earlier.value === "ready") chat.loadEarlier();
  }

  return (
    <div class="log-home">
      <div
        ref={scroller}
        class="log"
        role="log"
        aria-live="off"
        aria-label="Conversation"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={scrolled}
      >
        <div ref={content} class="log-content">
          {conversation?.more ? <Earlier chat={chat} /> : <Intro chat={chat} begun={items.length > 0} />}
          {items.map((item) => {
            if (item.kind === "day") {
              return (
                <p key={item.key} class="day">
                  <span>{item.label}</span>
                </p>
              );
            }
            if (item.kind === "notice")
              return <NoticeLine key={item.key} chat={chat} message={item.message} />;
            return <Group key={item.key} chat={chat} group={item} onReply={onReply} />;
          })}
          {run && <LiveGroup chat={chat} run={run} />}
          {!run && typists.map((typist) => <Typing key={typist.kind} typist={typist} />)}
        </div>
      </div>
      {!chat.atEnd.value && (
        <button
          type="button"
          class={news.value ? "to-end news" : "to-end"}
          aria-label={news.value ? "New messages" : "To the latest message"}
          onClick={toEnd}
        >
          {news.value && "New messages"}
          <Icon name="down" size={16} />
        </button>
      )}
    </div>
  );
}

/** Where the log begins in the window, without what a movement adds for a moment. */
function topOf(log: HTMLElement): number {
  return log.parentElement?.offsetTop ?? 0;
}
