import { z } from "zod";
import { asWireError, readWireError } from "#client/wire-error";
import { SentMessage } from "#contracts/chat";
import { ContactList } from "#contracts/contacts";
import { Attachment, type Attachment as AttachmentView } from "#contracts/conversation";
import {
  ConversationDetail,
  ConversationPage,
  ConversationRow,
  DecisionView,
  type HandoverBody,
  MessagePage,
  type OperatorSendBody,
  OperatorView,
  Templates,
  type View,
} from "#contracts/operator";

/** The operator's routes as functions. Each throws a `WireError` when the server says no. */
export const api = {
  list: (view: View, cursor: string | undefined, signal?: AbortSignal) => {
    const query = new URLSearchParams({ view, limit: "40", ...(cursor ? { cursor } : {}) });
    return get(`/api/agent/conversations?${query}`, ConversationPage, signal);
  },
  detail: (id: string, signal?: AbortSignal) => get(path(id), ConversationDetail, signal),
  older: (id: string, before: number) => get(`${path(id)}/messages?before=${before}&limit=50`, MessagePage),
  decisions: async (id: string, signal?: AbortSignal) => {
    const answer = await get(`${path(id)}/decisions`, z.object({ decisions: z.array(DecisionView) }), signal);
    return answer.decisions;
  },
  operators: async (signal?: AbortSignal) => {
    const answer = await get("/api/agent/operators", z.object({ operators: z.array(OperatorView) }), signal);
    return answer.operators;
  },
  move: (id: string, verb: "accept" | "take-over" | "resolve" | "reopen") =>
    post(`${path(id)}/${verb}`, {}, ConversationRow),
  handOver: (id: string, body: HandoverBody) => post(`${path(id)}/handover`, body, ConversationRow),
  send: (id: string, body: z.input<typeof OperatorSendBody>) => post(`${path(id)}/send`, body, SentMessage),
  /** Sends a message again that did not, or perhaps not, arrive on its platform. */
  retry: (id: string, messageId: string) =>
    post(`${path(id)}/messages/${encodeURIComponent(messageId)}/retry`, {}, z.unknown()),
  templates: async (id: string, signal?: AbortSignal) =>
    (await get(`${path(id)}/templates`, Templates, signal)).templates,
  contacts: async (query: string, signal?: AbortSignal) =>
    (await get(`/api/agent/contacts?${new URLSearchParams({ query })}`, ContactList, signal)).contacts,
  /** Lets one contact go up in another. */
  merge: (contactId: string, into: string) =>
    post(`/api/agent/contacts/${encodeURIComponent(contactId)}/merge`, { into }, z.unknown()),
  typing: (id: string, typing: boolean) => post(`${path(id)}/typing`, { typing }, z.unknown()),
  read: (id: string, seq: number) => post(`${path(id)}/read`, { seq }, z.unknown()),
  attach: async (id: string, file: File): Promise<AttachmentView> => {
    const headers = {
      "content-type": file.type || "application/octet-stream",
      "x-file-name": encodeURIComponent(file.name),
    };
    return Attachment.parse(await ask(`${path(id)}/attachments`, { method: "POST", headers, body: file }));
  },
};

/** Where an operator's window fetches a file of a conversation: its own address is relative to that. */
export function attachmentUrl(conversationId: string, { id }: Pick<AttachmentView, "id">) {
  return `${path(conversationId)}/attachments/${encodeURIComponent(id)}`;
}

function path(id: string) {
  return `/api/agent/conversations/${encodeURIComponent(id)}`;
}

async function get<T>(url: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
  return schema.parse(await ask(url, signal ? { signal } : {}));
}

async function post<T>(url: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
  const headers = { "content-type": "application/json" };
  return schema.parse(await ask(url, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function ask(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, { cache: "no-store", ...init }).catch((error) => {
    throw init.signal?.aborted ? error : asWireError(error);
  });
  if (!response.ok) throw await readWireError(response);
  return response.status === 204 ? undefined : response.json();
}
