import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { LiveRun, Typist } from "#client/conversation";
import type { MessageView } from "#contracts/conversation";
import { Attachments } from "./attachments.tsx";
import { Avatar } from "./avatar.tsx";
import type { Chat } from "./chat/store.ts";
import { Icon, type IconName } from "./icons.tsx";
import { Later } from "./later.tsx";
import { Sources } from "./sources.tsx";
import { markdown } from "./text/markdown.tsx";
import type { Bubble, TimelineItem } from "./text/timeline.ts";
import { spoken, timeOf } from "./text/words.ts";

type GroupItem = Extract<TimelineItem, { kind: "group" }>;

/** Some messages of one voice, close in time: said once who, and when. */
export function Group({
  chat,
  group,
  onReply,
}: {
  chat: Chat;
  group: GroupItem;
  onReply: (message: MessageView) => void;
}) {
  const { author, bubbles } = group;
  const mine = author.kind === "customer";
  const name = nameOf(chat, author);
  const first = bubbles[0]?.message;
  return (
    <div class={mine ? "group mine" : "group"}>
      {!mine && <Avatar kind={author.kind} name={name} />}
      <div class="group-body">
        {!mine && first && <GroupHead name={name} agent={author.kind === "agent"} at={first.createdAt} />}
        {bubbles.map((bubble) => (
          <MessageBubble
            key={bubble.key}
            chat={chat}
            bubble={bubble}
            name={mine ? "You" : name}
            onReply={onReply}
          />
        ))}
        {mine && <Fate chat={chat} bubble={bubbles.at(-1)} />}
      </div>
    </div>
  );
}

function GroupHead({ name, agent, at }: { name: string; agent: boolean; at: string | number }) {
  return (
    <p class="group-head" aria-hidden="true">
      <span class="group-name ellipsis" dir="auto">
        {name}
      </span>
      {agent && <span class="badge">AI</span>}
      <time dir="auto">{timeOf(at)}</time>
    </p>
  );
}

function MessageBubble({
  chat,
  bubble,
  name,
  onReply,
}: {
  chat: Chat;
  bubble: Bubble;
  name: string;
  onReply: (message: MessageView) => void;
}) {
  const { message, entry } = bubble;
  const { text, author, sources, attachments, answer } = message;
  const picked = useSignal<number | undefined>(undefined);
  const kind = author.kind === "agent" ? ", AI assistant" : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: a stored message never changes but by its text and sources
  const content = useMemo(() => {
    if (author.kind === "customer") return <p dir="auto">{text}</p>;
    const numbers = new Set(sources?.map(({ number }) => number));
    return markdown(text, { sources: numbers, onSource: (number) => pick(number) });
  }, [text, sources]);
  const onlyFiles = attachments?.length && text === attachments.map((file) => file.name).join(", ");

  function pick(number: number) {
    picked.value = picked.value === number ? undefined : number;
  }

  return (
    <article class="message" aria-label={`${name}${kind}, ${timeOf(message.createdAt)}`}>
      <div class={entry ? `bubble on-the-way ${entry.state}` : "bubble"}>
        {message.replyTo && <Quote chat={chat} id={message.replyTo} />}
        {attachments?.length ? <Attachments chat={chat} attachments={attachments} /> : undefined}
        {!onlyFiles && <div class="text">{content}</div>}
        {answer && answer.outcome !== "complete" && (
          <p class="cut">{answer.outcome === "stopped" ? "Stopped" : "This answer was interrupted"}</p>
        )}
        {sources?.length ? <Sources sources={sources} picked={picked} /> : undefined}
        {message.data && <Later part="Offering" chat={chat} message={message} />}
      </div>
      {!entry && (
        <button
          type="button"
          class="reply"
          aria-label={`Reply to ${name === "You" ? "your message" : name}`}
          title="Reply"
          onClick={() => onReply(message)}
        >
          <Icon name="reply" size={16} />
        </button>
      )}
    </article>
  );
}

function Quote({ chat, id }: { chat: Chat; id: string }) {
  const quoted = chat.conversation.value?.messages.find((message) => message.id === id);
  if (quoted === undefined) return null;
  return (
    <blockquote class="quoted" dir="auto">
      <span>{nameOf(chat, quoted.author)}</span>
      {spoken(quoted.text).slice(0, 160)}
    </blockquote>
  );
}

const fates = {
  sending: { icon: "clock", words: "Sending" },
  sent: { icon: "check", words: "Sent" },
  seen: { icon: "checks", words: "Seen" },
} as const;

/** What became of the last words of the customer. */
function Fate({ chat, bubble }: { chat: Chat; bubble: Bubble | undefined }) {
  if (bubble === undefined) return null;
  const { entry, message } = bubble;
  if (entry?.state === "failed" || entry?.state === "waiting") {
    const failed = entry.state === "failed";
    return (
      <p class={failed ? "fate failed" : "fate"}>
        <Icon name={failed ? "alert" : "clock"} size={14} />
        <span>{failed ? `Not sent. ${entry.error ?? ""}` : "Waiting for the connection"}</span>
        <button type="button" class="quiet" onClick={() => chat.resend(entry.clientId)}>
          Retry
        </button>
        {failed && (
          <button type="button" class="quiet" onClick={() => chat.discard(entry.clientId)}>
            Discard
          </button>
        )}
      </p>
    );
  }
  const mine = chat.conversation.value?.messages.findLast(({ author }) => author.kind === "customer");
  const newest = chat.outboxEntries.value.length === 0 && mine?.id === message.id;
  if (!entry && !newest)
    return (
      <p class="fate time" dir="auto">
        {timeOf(message.createdAt)}
      </p>
    );
  const seen = !entry && (chat.conversation.value?.receipts.operatorRead ?? 0) >= message.seq;
  let fate: keyof typeof fates = seen ? "seen" : "sent";
  if (entry) fate = "sending";
  return (
    <p class={seen ? "fate seen" : "fate"}>
      <time dir="auto">{timeOf(message.createdAt)}</time>
      <Icon name={fates[fate].icon} size={14} />
      <span>{fates[fate].words}</span>
    </p>
  );
}

/** An answer while it is being written; it is read aloud only when it is whole. */
export function LiveGroup({ chat, run }: { chat: Chat; run: LiveRun }) {
  const { name } = chat.card.value;
  return (
    <div class="group">
      <Avatar kind="agent" name={name} />
      <div class="group-body">
        <GroupHead name={name} agent at={run.since} />
        <article class="message" aria-label={`${name}, AI assistant, is answering`} aria-busy="true">
          {run.text === "" ? (
            <div class="bubble thinking">
              <Dots />
            </div>
          ) : (
            <div class="bubble streaming">
              <div class="text">{markdown(run.text, { streaming: true })}</div>
            </div>
          )}
        </article>
      </div>
    </div>
  );
}

/** Someone is typing. */
export function Typing({ typist }: { typist: Typist }) {
  const name = typist.name ?? "Support";
  return (
    <div class="group">
      <Avatar kind={typist.kind} name={name} />
      <div class="group-body">
        <div class="bubble thinking" role="img" aria-label={`${name} is typing`}>
          <Dots />
        </div>
      </div>
    </div>
  );
}

function Dots() {
  return (
    <span class="dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}

const noticeIcons: Record<string, IconName> = {
  joined: "person",
  escalated: "clock",
  handed_back: "spark",
  transferred: "swap",
  released: "clock",
  resolved: "check",
  ai_failed: "alert",
};

/** A line of the system: who came, who went, whose turn it is. */
export function NoticeLine({ chat, message }: { chat: Chat; message: MessageView }) {
  if (message.notice?.kind === "rate" && isNewest(chat, message))
    return <Later part="RatingCard" chat={chat} message={message} />;
  if (standsOnCard(chat, message)) return null;
  const icon = noticeIcons[message.notice?.kind ?? ""];
  return (
    <article class="notice" aria-label={`Notice, ${timeOf(message.createdAt)}`}>
      {icon && <Icon name={icon} size={14} />}
      <span dir="auto">{message.text}</span>
    </article>
  );
}

// What the card above the composer says just now need not be said twice.
function standsOnCard(chat: Chat, message: MessageView): boolean {
  const { notice } = message;
  const state = chat.conversation.value?.state;
  const told: Record<string, boolean> = {
    offer: state?.offered === true && state.state === "ACTIVE",
    escalated: state?.state === "WAITING_HUMAN" && notice?.own !== true,
  };
  if (notice === undefined || !told[notice.kind]) return false;
  return isNewest(chat, message);
}

function isNewest(chat: Chat, { id, notice }: MessageView): boolean {
  return chat.conversation.value?.messages.findLast((one) => one.notice?.kind === notice?.kind)?.id === id;
}

function nameOf(chat: Chat, { kind, name }: MessageView["author"]): string {
  if (kind === "customer") return "You";
  return name ?? (kind === "agent" ? chat.card.value.name : "Support");
}
