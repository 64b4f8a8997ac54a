import { z } from "zod";
import { SentMessage } from "#contracts/chat";
import { ContactAttributes, type ContactAttributesBody } from "#contracts/contacts";
import type { BulkAction } from "#contracts/desk-actions";
import {
  type AttributesBody,
  BulkAnswer,
  CannedList,
  MacroList,
  MacroPreview,
  MacroRun,
  MentionPage,
  PastPage,
  SavedView,
  SavedViewList,
  TagList,
  type ViewBody,
} from "#contracts/desk-tools";
import { type DraftBody, DraftList } from "#contracts/drafts";
import { ConversationRow } from "#contracts/operator";
import { SearchPage, type SearchQuery } from "#contracts/search";
import { path } from "./api.ts";
import { get, query, send } from "./call.ts";

type Change = { conversationId: string; action: BulkAction };

/** What operators keep for their day, as functions. Each throws a `WireError` when the server says no. */
export const desk = {
  canned: async (signal?: AbortSignal) =>
    (await get("/api/agent/canned-responses", CannedList, signal)).responses,
  /** Counts that somebody used it, so that what is used most is offered first. */
  useCanned: (responseId: string) =>
    send("POST", `/api/agent/canned-responses/${responseId}/use`, {}, z.unknown()),
  macros: async (signal?: AbortSignal) => (await get("/api/agent/macros", MacroList, signal)).macros,
  previewMacro: (macroId: string, conversationId: string, signal?: AbortSignal) =>
    get(`/api/agent/macros/${macroId}/preview${query({ conversationId })}`, MacroPreview, signal),
  runMacro: (macroId: string, conversationId: string, clientId: string) =>
    send("POST", `/api/agent/macros/${macroId}/run`, { conversationId, clientId }, MacroRun),

  drafts: async (signal?: AbortSignal) => (await get("/api/agent/drafts", DraftList, signal)).drafts,
  keepDraft: (id: string, body: z.input<typeof DraftBody>) =>
    send("PUT", `${path(id)}/draft`, body, z.unknown()),

  snooze: (id: string, until: Date) =>
    send("PUT", `${path(id)}/snooze`, { until: until.toISOString() }, ConversationRow),
  wake: (id: string) => send("DELETE", `${path(id)}/snooze`, undefined, ConversationRow),
  tag: (id: string, change: { add?: string[]; remove?: string[] }) =>
    send("POST", `${path(id)}/tags`, change, ConversationRow),
  tags: async (words: string, signal?: AbortSignal) =>
    (await get(`/api/agent/tags${query({ query: words })}`, TagList, signal)).tags,
  setAttributes: (id: string, body: z.input<typeof AttributesBody>) =>
    send("PATCH", `${path(id)}/attributes`, body, ConversationRow),
  whisper: (id: string, body: { clientId: string; text: string }) =>
    send("POST", `${path(id)}/whisper`, body, SentMessage),

  bulk: async (changes: Change[]) =>
    (await send("POST", "/api/agent/bulk", { changes }, BulkAnswer)).outcomes,

  search: (
    asked: Pick<z.output<typeof SearchQuery>, "q" | "kind" | "limit"> & { cursor: string | undefined },
    signal?: AbortSignal,
  ) => get(`/api/agent/search${query(asked)}`, SearchPage, signal),
  mentions: (cursor: string | undefined, signal?: AbortSignal) =>
    get(`/api/agent/mentions${query({ cursor })}`, MentionPage, signal),
  readMentions: (conversationId?: string) =>
    send("POST", "/api/agent/mentions/read", conversationId ? { conversationId } : {}, z.unknown()),

  past: (id: string, cursor: string | undefined, signal?: AbortSignal) =>
    get(`${path(id)}/past${query({ cursor })}`, PastPage, signal),
  contact: (contactId: string, signal?: AbortSignal) =>
    get(contactPath(contactId), ContactAttributes, signal),
  changeContact: (contactId: string, body: z.input<typeof ContactAttributesBody>) =>
    send("PATCH", contactPath(contactId), body, ContactAttributes),

  views: async (signal?: AbortSignal) => (await get("/api/agent/views", SavedViewList, signal)).views,
  saveView: (body: z.input<typeof ViewBody>) => send("POST", "/api/agent/views", body, SavedView),
  removeView: (viewId: string) => send("DELETE", `/api/agent/views/${viewId}`, undefined, z.unknown()),
};

function contactPath(contactId: string) {
  return `/api/agent/contacts/${encodeURIComponent(contactId)}/attributes`;
}
