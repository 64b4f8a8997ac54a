import type { AgentCard, OpenedTopic, SentMessage, SessionView } from "#contracts/chat";
import type { Attachment, MessageView, Notice, Receipts, Source, StateView } from "#contracts/conversation";
import type { ConversationSnapshot, EventPage } from "#contracts/events";
import type { MessageData } from "#contracts/structured";
import type { TopicList, TopicView } from "#contracts/topics";
import { flag, type Guard, list, number, oneOf, shape, text } from "./guard.ts";

// A notice or reason that this client does not know yet must not cost the message that carries it.
const anyNotice = text as Guard<Notice["kind"]>;
// The window that draws it looks closer; to all others the text says the same.
const anyData = shape({ kind: text }) as Guard<unknown> as Guard<MessageData>;
const anyReason = text as Guard<NonNullable<Notice["reason"]>>;

const authorKind = oneOf("customer", "agent", "operator", "system");
const author = shape({ kind: authorKind }, { id: text, name: text });
const state = oneOf("ACTIVE", "WAITING_HUMAN", "WITH_HUMAN", "RESOLVED", "ABANDONED");
const source: Guard<Source> = shape(
  { number, articleId: text, title: text, url: text },
  { section: text, quote: text },
);
const operator = shape({ id: text, name: text }, { image: text });

export const isAttachment: Guard<Attachment> = shape(
  { id: text, name: text, mediaType: text, size: number, url: text },
  { width: number, height: number },
);

export const isMessage: Guard<MessageView> = shape(
  {
    id: text,
    conversationId: text,
    seq: number,
    author,
    text,
    audience: oneOf("all", "operators"),
    createdAt: text,
  },
  {
    clientId: text,
    replyTo: text,
    sources: list(source),
    attachments: list(isAttachment),
    data: anyData,
    notice: shape(
      { kind: anyNotice },
      { name: text, reason: anyReason, position: number, backAt: text, asks: oneOf("email") },
    ),
    answer: shape(
      { runId: text, outcome: oneOf("complete", "interrupted", "stopped") },
      { confidence: number, model: text },
    ),
  },
);

export const isState: Guard<StateView> = shape(
  {
    state,
    owner: oneOf("ai", "queue", "operator", "none"),
    epoch: number,
    since: text,
    offered: flag,
  },
  { operator, position: number, estimateMinutes: number },
);

export const isReceipts: Guard<Receipts> = shape({ customerRead: number, operatorRead: number });

export const isSnapshot: Guard<ConversationSnapshot> = shape(
  {
    conversationId: text,
    head: number,
    messages: list(isMessage),
    more: flag,
    state: isState,
    receipts: isReceipts,
  },
  { run: shape({ runId: text, messageId: text, text, thinking: flag }) },
);

const isTopic: Guard<TopicView> = shape(
  { name: text, conversationId: text, unread: number, lastWords: text, lastMessageAt: text, state },
  { lastAuthor: authorKind, operator },
);

export const isTopicList: Guard<TopicList> = shape({ topics: list(isTopic) });

export const isOpenedTopic: Guard<OpenedTopic> = shape({
  topics: list(isTopic),
  topic: text,
  snapshot: isSnapshot,
});

export const isCard: Guard<AgentCard> = shape({
  id: text,
  name: text,
  companyName: text,
  greeting: text,
  suggestions: list(text),
  color: text,
  topics: list(text),
  model: flag,
});

export const isSession: Guard<SessionView> = shape(
  {
    sessionId: text,
    conversationId: text,
    companyId: text,
    agentId: text,
    channel: oneOf("web"),
    state: oneOf("INIT", "ACTIVE", "IDLE", "CLOSED"),
    createdAt: text,
    lastActivityAt: text,
    expiresAt: text,
    agent: isCard,
    topic: text,
    topics: list(isTopic),
    snapshot: isSnapshot,
  },
  { token: text, customerId: text },
);

export const isSentMessage: Guard<SentMessage> = shape({
  messageId: text,
  conversationId: text,
  seq: number,
  createdAt: text,
  duplicate: flag,
});

const durable = list(
  shape({ type: text, seq: number }, { message: isMessage, state: isState }),
) as Guard<unknown> as Guard<EventPage["events"]>;
export const isEventPage: Guard<EventPage> = shape({ events: durable, next: text, more: flag });
