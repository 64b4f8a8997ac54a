import type { MessageView } from "#contracts/conversation";
import type { Choices as Asked, Card, Offering as Offered } from "#contracts/structured";
import { offeringOf, standing } from "./chat/answers.ts";
import type { Chat } from "./chat/store.ts";
import { Form } from "./form.tsx";
import { Icon } from "./icons.tsx";
import { safeHref } from "./text/markdown.tsx";

/** What a message carries to press, read or fill in. */
export function Offering({ chat, message }: { chat: Chat; message: MessageView }) {
  const offered = offeringOf(message);
  return offered === undefined ? null : <Drawn chat={chat} message={message} offered={offered} />;
}

function Drawn({ chat, message, offered }: { chat: Chat; message: MessageView; offered: Offered }) {
  if (offered.kind === "cards") return <Cards chat={chat} cards={offered.cards} />;
  const messages = chat.conversation.value?.messages ?? [];
  const stands = standing(message, offered, messages, chat.outboxEntries.value);
  if (offered.kind === "choices") {
    return <Choices chat={chat} message={message} asked={offered} stands={stands} />;
  }
  return <Form chat={chat} message={message} asked={offered} answered={stands !== "open"} />;
}

type ChoicesProps = {
  chat: Chat;
  message: MessageView;
  asked: Asked;
  stands: ReturnType<typeof standing>;
};

function Choices({ chat, message, asked, stands }: ChoicesProps) {
  if (stands !== "open") {
    const chosen = stands === "closed" ? undefined : stands.choice;
    return (
      <ul class="choices" aria-label="Answers, closed">
        {asked.choices.map(({ id, label }) => (
          <li key={id} class={id === chosen ? "choice chosen" : "choice"} dir="auto">
            {id === chosen && <Icon name="check" size={16} />}
            {label}
            {id === chosen && <span class="only-spoken"> (your answer)</span>}
          </li>
        ))}
      </ul>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and these are buttons
    <div class="choices" role="group" aria-label="Answers">
      {asked.choices.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          class="choice"
          dir="auto"
          onClick={(event) => {
            goOnWriting(event.currentTarget);
            chat.answer(label, { kind: "answer", to: message.id, values: { choice: id } });
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function Cards({ chat, cards }: { chat: Chat; cards: Card[] }) {
  return (
    <ul class="cards">
      {cards.map(({ title, text, actions }) => (
        <li key={title} class="card">
          <p class="card-title" dir="auto">
            {title}
          </p>
          {text && <p dir="auto">{text}</p>}
          {actions.map((action) => {
            if ("reply" in action) {
              return (
                <button
                  key={action.label}
                  type="button"
                  class="choice"
                  dir="auto"
                  onClick={() => chat.send({ text: action.reply })}
                >
                  {action.label}
                </button>
              );
            }
            return <CardLink key={action.label} {...action} />;
          })}
        </li>
      ))}
    </ul>
  );
}

function CardLink({ label, url }: { label: string; url: string }) {
  const href = safeHref(url);
  if (href === undefined) return null;
  return (
    <a class="choice" dir="auto" href={href} target="_blank" rel="noopener nofollow ugc">
      {label}
      <Icon name="external" size={14} />
    </a>
  );
}

/** What was pressed goes away; whoever came to it by keyboard writes on. */
export function goOnWriting(pressed: HTMLElement) {
  if (pressed.matches(":focus-visible")) document.querySelector("textarea")?.focus();
}
