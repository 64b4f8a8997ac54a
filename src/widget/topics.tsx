import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { TopicView } from "#contracts/topics";
import { Avatar } from "./avatar.tsx";
import type { Chat } from "./chat/store.ts";
import { Icon } from "./icons.tsx";
import { shortDayOf, spoken } from "./text/words.ts";

/** All topics of the customer, and the way to a new one. */
export function Topics({ chat, onClose }: { chat: Chat; onClose?: (() => void) | undefined }) {
  const { topics, card } = chat;
  const name = useSignal("");
  const busy = useSignal<string | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const list = useRef<HTMLUListElement>(null);
  const known = new Set(topics.list.value.map((topic) => topic.name.toLowerCase()));
  const suggested = card.value.topics.filter((topic) => !known.has(topic.toLowerCase()));

  useLayoutEffect(() => {
    const buttons = list.current?.querySelectorAll("button") ?? [];
    [...buttons].find((button) => button.ariaCurrent === "true")?.focus();
  }, []);

  async function open(topic: string) {
    if (busy.value !== undefined || topic.trim() === "") return;
    busy.value = topic;
    problem.value = await chat.openTopic(topic.trim());
    busy.value = undefined;
  }

  return (
    <>
      <header class="header">
        <div class="header-who">
          <h1 class="header-name">Your topics</h1>
          <p class="header-line ellipsis">{card.value.companyName}</p>
        </div>
        {onClose && (
          <button type="button" class="icon-button" aria-label="Close chat" onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <div class="topics">
        <ul ref={list} aria-label="Topics">
          {topics.list.value.map((topic) => (
            <li key={topic.conversationId}>
              <button
                type="button"
                class="topic"
                aria-current={topic.name === topics.shown.value ? "true" : undefined}
                aria-busy={busy.value === topic.name}
                onClick={() => open(topic.name)}
              >
                <Line chat={chat} topic={topic} />
              </button>
            </li>
          ))}
        </ul>
        <form
          class="new-topic"
          onSubmit={(event) => {
            event.preventDefault();
            open(name.value);
          }}
        >
          <label for="new-topic">New topic</label>
          {suggested.length > 0 && (
            <div class="choices">
              {suggested.map((topic) => (
                <button key={topic} type="button" class="choice" dir="auto" onClick={() => open(topic)}>
                  {topic}
                </button>
              ))}
            </div>
          )}
          <div class="new-topic-line">
            <input
              id="new-topic"
              dir="auto"
              maxLength={60}
              placeholder="What is it about?"
              value={name.value}
              onInput={(event) => {
                name.value = event.currentTarget.value;
              }}
            />
            <button type="submit" class="primary" disabled={name.value.trim() === ""}>
              Start
            </button>
          </div>
          {problem.value && (
            <p class="problem" role="alert">
              {problem.value}
            </p>
          )}
        </form>
      </div>
    </>
  );
}

const states: Partial<Record<TopicView["state"], string>> = {
  WAITING_HUMAN: "Waiting for a person",
  RESOLVED: "Solved",
  ABANDONED: "Closed",
};

function Line({ chat, topic }: { chat: Chat; topic: TopicView }) {
  const { operator, state, lastMessageAt } = topic;
  // Of the topic it shows the window knows more than the last list.
  const unread = topic.name === chat.topics.shown.value ? chat.unreadHere.value : topic.unread;
  const words = spoken(topic.lastWords);
  const line = [states[state], topic.lastAuthor === "customer" ? `You: ${words}` : words];
  return (
    <>
      <Avatar
        kind={operator ? "operator" : "agent"}
        name={operator?.name ?? chat.card.value.name}
        size={36}
      />
      <span class="topic-body">
        <span class="topic-name ellipsis" dir="auto">
          {topic.name}
        </span>
        <span class="topic-line ellipsis" dir="auto">
          {words === "" ? "Nothing written yet" : line.filter(Boolean).join(" · ")}
        </span>
      </span>
      <span class="topic-end">
        {words !== "" && <time dir="auto">{shortDayOf(lastMessageAt, Date.now())}</time>}
        {unread > 0 && (
          <span class="count">
            {unread > 9 ? "9+" : unread}
            <span class="only-spoken"> unread</span>
          </span>
        )}
      </span>
    </>
  );
}
