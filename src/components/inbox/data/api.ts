import { z } from "zod";
import { SentMessage } from "#contracts/chat";
import { ContactList } from "#contracts/contacts";
import type { Attachment } from "#contracts/conversation";
import {
  ConversationDetail,
  ConversationPage,
  ConversationRow,
  DecisionPage,
  type DeclineBody,
  type HandoverBody,
  MessagePage,
  type OperatorSendBody,
  OperatorView,
  Templates,
} from "#contracts/operator";
import { get, query, send } from "./call.ts";
import type { ListRef } from "./rows.ts";

/** The operator's routes as functions. Each throws a `WireError` when the server says no. */
export const api = {
  list: ({ view, filters, sort }: ListRef, cursor: string | undefined, signal?: AbortSignal) =>
    get(
      `/api/agent/conversations${query({ view, sort, ...filters, limit: 40, cursor })}`,
      ConversationPage,
      signal,
    ),
  detail: (id: string, signal?: AbortSignal) => get(path(id), ConversationDetail, signal),
  older: (id: string, before: number) => get(`${path(id)}/messages?before=${before}&limit=50`, MessagePage),
  decisions: (id: string, before: string | undefined, signal?: AbortSignal) =>
    get(`${path(id)}/decisions${query({ before })}`, DecisionPage, signal),
  operators: async (signal?: AbortSignal) => {
    const answer = await get("/api/agent/operators", z.object({ operators: z.array(OperatorView) }), signal);
    return answer.operators;
  },
  move: (id: string, verb: "accept" | "take-over" | "resolve" | "reopen") =>
    send("POST", `${path(id)}/${verb}`, {}, ConversationRow),
  decline: (id: string, body: DeclineBody) => send("POST", `${path(id)}/decline`, body, ConversationRow),
  handOver: (id: string, body: HandoverBody) => send("POST", `${path(id)}/handover`, body, ConversationRow),
  send: (id: string, body: z.input<typeof OperatorSendBody>) =>
    send("POST", `${path(id)}/send`, body, SentMessage),
  /** Sends a message again that did not, or perhaps not, arrive on its platform. */
  retry: (id: string, messageId: string) =>
    send("POST", `${path(id)}/messages/${encodeURIComponent(messageId)}/retry`, {}, z.unknown()),
  templates: async (id: string, signal?: AbortSignal) =>
    (await get(`${path(id)}/templates`, Templates, signal)).templates,
  contacts: async (words: string, signal?: AbortSignal) =>
    (await get(`/api/agent/contacts?${new URLSearchParams({ query: words })}`, ContactList, signal)).contacts,
  /** Lets one contact go up in another. */
  merge: (contactId: string, into: string) =>
    send("POST", `/api/agent/contacts/${encodeURIComponent(contactId)}/merge`, { into }, z.unknown()),
  typing: (id: string, typing: boolean) => send("POST", `${path(id)}/typing`, { typing }, z.unknown()),
  read: (id: string, seq: number) => send("POST", `${path(id)}/read`, { seq }, z.unknown()),
};

/** Where files of a conversation are put before they are sent. */
export function uploadUrl(conversationId: string) {
  return `${path(conversationId)}/attachments`;
}

/** Where an operator's window fetches a file of a conversation: its own address is relative to that. */
export function attachmentUrl(conversationId: string, { id }: Pick<Attachment, "id">) {
  return `${path(conversationId)}/attachments/${encodeURIComponent(id)}`;
}

/** Where a conversation stands among the operator's routes. */
export function path(id: string) {
  return `/api/agent/conversations/${encodeURIComponent(id)}`;
}
