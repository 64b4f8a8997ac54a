import {
  AttachmentPath,
  ContactLeft,
  EscalateBody,
  EventsQuery,
  LeaveContactBody,
  OpenedTopic,
  OpenSessionBody,
  ReadBody,
  SendMessageBody,
  SentMessage,
  SessionPath,
  SessionView,
  StreamQuery,
  TypingBody,
} from "#contracts/chat";
import { Attachment, StateView } from "#contracts/conversation";
import { EventPage } from "#contracts/events";
import { MessagePage, MessagesQuery } from "#contracts/operator";
import { OpenTopicBody, TopicList, TopicQuery } from "#contracts/topics";
import type { Operation } from "./operation.ts";

const session = { tag: "Web chat", who: "customer", params: SessionPath, query: TopicQuery } as const;
const at = (rest: string) => `/api/chat/[sessionId]/${rest}`;

/** What the chat on a customer's page calls; the page's origin must be one that the agent allows. */
export const chatOperations: Operation[] = [
  {
    method: "post",
    path: "/api/chat/session",
    tag: "Web chat",
    who: "anyone",
    summary: "Open or resume a chat",
    description:
      "Without `sessionId` a new session begins. With it, and with the token of the last answer in `Authorization`, the old one goes on. Where the answer holds a `token`, it replaces the one before.",
    body: OpenSessionBody,
    answer: SessionView,
  },
  {
    ...session,
    method: "get",
    path: at("topics"),
    summary: "The customer's topics",
    description:
      "A customer may hold several topics with one agent, each a conversation of its own; the first is called General. Every request below is about the topic that `topic` in its query names, and about General where it names none.",
    answer: TopicList,
  },
  {
    ...session,
    method: "post",
    path: at("topics"),
    summary: "Open a topic",
    description:
      "Makes it where the customer has none of that name; letter case and spaces make no difference.",
    body: OpenTopicBody,
    answer: OpenedTopic,
    errors: ["conflict"],
  },
  {
    ...session,
    method: "post",
    path: at("message"),
    summary: "Send a message",
    description:
      "The same `clientId` again is the same message: 201 the first time, 200 after that. An answer to choices or a form travels in `data`; each is answered once, and the text that is stored is made from its values.",
    body: SendMessageBody,
    answer: SentMessage,
    status: 201,
  },
  {
    ...session,
    method: "get",
    path: at("stream"),
    summary: "Follow the chat",
    description: "Server-sent events; resumes after `Last-Event-ID` or the query's `lastEventId`.",
    query: StreamQuery.extend(TopicQuery.shape),
    answer: "stream",
  },
  {
    ...session,
    method: "get",
    path: at("events"),
    summary: "Poll for events",
    query: EventsQuery.extend(TopicQuery.shape),
    answer: EventPage,
  },
  {
    ...session,
    method: "get",
    path: at("messages"),
    summary: "Earlier messages",
    description:
      "A page of what stands before the number `before`, oldest first; internal notes are not in it.",
    query: MessagesQuery.extend(TopicQuery.shape),
    answer: MessagePage,
  },
  {
    ...session,
    method: "post",
    path: at("typing"),
    summary: "Say whether the customer is typing",
    body: TypingBody,
  },
  {
    ...session,
    method: "post",
    path: at("read"),
    summary: "Say how far the customer has read",
    body: ReadBody,
  },
  {
    ...session,
    method: "post",
    path: at("escalate"),
    summary: "Ask for a person",
    body: EscalateBody,
    answer: StateView,
  },
  {
    ...session,
    method: "post",
    path: at("cancel"),
    summary: "Go back to the assistant while waiting for a person",
    description: "Asking twice changes nothing; once a person has joined, the answer is `conflict`.",
    answer: StateView,
    errors: ["conflict"],
  },
  {
    ...session,
    method: "post",
    path: at("contact"),
    summary: "Leave an address under which to be answered later",
    body: LeaveContactBody,
    answer: ContactLeft,
  },
  { ...session, method: "post", path: at("decline"), summary: "Decline the person that was offered" },
  { ...session, method: "post", path: at("stop"), summary: "Stop the answer that is being written" },
  {
    ...session,
    method: "post",
    path: at("attachments"),
    summary: "Upload a file",
    description:
      "The bytes as they are; `Content-Type` names their type and `X-File-Name` their name, URL-encoded.",
    body: "bytes",
    answer: Attachment,
    status: 201,
    errors: ["too_large", "unsupported_media"],
  },
  {
    ...session,
    method: "get",
    path: at("attachments/[attachmentId]"),
    summary: "Fetch a file",
    params: AttachmentPath,
    answer: "bytes",
  },
];
