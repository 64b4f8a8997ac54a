import { z } from "zod";
import { Me } from "#contracts/accounts";
import { EventsQuery, ReadBody, SentMessage, TypingBody } from "#contracts/chat";
import { Attachment } from "#contracts/conversation";
import { EventPage } from "#contracts/events";
import {
  ConversationDetail,
  ConversationPage,
  ConversationPath,
  ConversationRow,
  DecisionView,
  HandoverBody,
  ListQuery,
  MessagePage,
  MessagesQuery,
  OperatorAttachmentPath,
  OperatorSendBody,
  OperatorStreamQuery,
  OperatorView,
  PresenceBody,
} from "#contracts/operator";
import type { Operation } from "./operation.ts";

const tag = "Operators";
const reading = { tag, who: "staff", needs: "conversations:read" } as const;
const writing = { tag, who: "staff", needs: "conversations:write" } as const;
const at = (rest: string) => `/api/agent/conversations/[conversationId]${rest}`;
const one = { params: ConversationPath };

/** What the inbox calls, and programs with a key of a conversations scope. */
export const agentOperations: Operation[] = [
  { method: "get", path: "/api/agent/me", tag, who: "person", summary: "Who is signed in", answer: Me },
  {
    ...reading,
    method: "get",
    path: "/api/agent/operators",
    summary: "Everybody who can answer, with presence",
    answer: z.object({ operators: z.array(OperatorView) }),
  },
  { method: "post", path: "/api/agent/presence", tag, who: "person", summary: "Be online or away", body: PresenceBody },
  {
    ...reading,
    method: "get",
    path: "/api/agent/stream",
    summary: "Follow the whole inbox",
    description: "Server-sent events of every conversation, and of one watched one also typing and tokens.",
    query: OperatorStreamQuery,
    answer: "stream",
  },
  {
    ...reading,
    method: "get",
    path: "/api/agent/conversations",
    summary: "List conversations",
    query: ListQuery,
    answer: ConversationPage,
  },
  { ...reading, ...one, method: "get", path: at(""), summary: "One conversation, whole", answer: ConversationDetail },
  {
    ...reading,
    ...one,
    method: "get",
    path: at("/messages"),
    summary: "Earlier messages",
    query: MessagesQuery,
    answer: MessagePage,
  },
  {
    ...reading,
    ...one,
    method: "get",
    path: at("/decisions"),
    summary: "Why it did or did not escalate, turn by turn",
    answer: z.object({ decisions: z.array(DecisionView) }),
  },
  { ...reading, ...one, method: "get", path: at("/events"), summary: "Poll for events", query: EventsQuery, answer: EventPage },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/send"),
    summary: "Answer, or leave an internal note",
    body: OperatorSendBody,
    answer: SentMessage,
    status: 201,
    errors: ["conflict"],
  },
  { ...writing, ...one, method: "post", path: at("/typing"), summary: "Say whether you are typing", body: TypingBody },
  { ...writing, ...one, method: "post", path: at("/read"), summary: "Say how far you have read", body: ReadBody },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/accept"),
    summary: "Claim from the queue",
    description: "One wins. The others get `conflict` with the winner in `details.operator`.",
    answer: ConversationRow,
    errors: ["conflict"],
  },
  { ...writing, ...one, method: "post", path: at("/take-over"), summary: "Take over from the AI", answer: ConversationRow, errors: ["conflict"] },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/handover"),
    summary: "Give to the AI, to a colleague, or to the queue",
    body: HandoverBody,
    answer: ConversationRow,
    errors: ["conflict"],
  },
  { ...writing, ...one, method: "post", path: at("/resolve"), summary: "Resolve", answer: ConversationRow, errors: ["conflict"] },
  { ...writing, ...one, method: "post", path: at("/reopen"), summary: "Open again", answer: ConversationRow, errors: ["conflict"] },
  {
    ...writing,
    ...one,
    method: "post",
    path: at("/attachments"),
    summary: "Upload a file",
    body: "bytes",
    answer: Attachment,
    status: 201,
    errors: ["too_large", "unsupported_media"],
  },
  {
    ...reading,
    method: "get",
    path: at("/attachments/[attachmentId]"),
    summary: "Fetch a file",
    params: OperatorAttachmentPath,
    answer: "bytes",
  },
];
