import type { ContactAttributes } from "#contracts/contacts";
import type { BulkAction } from "#contracts/desk-actions";
import type { BulkAnswer, MacroPreview, MacroRun, SavedView } from "#contracts/desk-tools";
import type { Draft } from "#contracts/drafts";
import type { ConversationRow } from "#contracts/operator";
import type { SearchPage } from "#contracts/search";
import type { MessageData } from "#contracts/structured";
import type { FakeConversation } from "./inbox-data.ts";
import { tags } from "./inbox-data.ts";
import { canned, colleagues, macros, mentions, savedViews, teams } from "./inbox-desk.ts";
import { idOf } from "./inbox-ids.ts";

type Known = Map<string, FakeConversation>;
type Answer = [number, unknown];

type Desk = {
  known: Known;
  now: number;
  /** Tells every window that a row is another one now. */
  change: (id: string, part: Partial<ConversationRow>) => ConversationRow;
  say: (
    id: string,
    text: string,
    audience: "all" | "operators",
    clientId: string,
    data?: MessageData,
  ) => unknown;
};

/** Plays the routes of what operators keep for their day; undefined for all others. */
export function fakeDesk({ known, now, change, say }: Desk) {
  const views: SavedView[] = [...savedViews];
  const contacts = new Map<string, ContactAttributes>();
  const named = mentions(now);
  const drafts: (Draft & { conversationId: string })[] = [];
  const faults = { refuseBulk: new Map<string, string>() };

  function reply(method: string, path: string, query: URLSearchParams, body: Body): Answer | undefined {
    const [, macroId, verb] = path.match(/^\/api\/agent\/macros\/([^/]+)\/(\w+)$/) ?? [];
    if (macroId !== undefined) {
      if (verb === "preview") return [200, previewOf()];
      return [200, runOf(String(body.conversationId), String(body.clientId))];
    }
    const [, contactId] = path.match(/^\/api\/agent\/contacts\/([^/]+)\/attributes$/) ?? [];
    if (contactId !== undefined) return [200, contactOf(contactId, method === "PATCH" ? body : {})];
    const [, viewId] = path.match(/^\/api\/agent\/views\/([^/]+)$/) ?? [];
    if (viewId !== undefined) {
      views.splice(0, views.length, ...views.filter(({ id }) => id !== viewId));
      return [204, undefined];
    }
    switch (path) {
      case "/api/agent/canned-responses":
        return [200, { responses: canned }];
      case "/api/agent/macros":
        return [200, { macros }];
      case "/api/agent/drafts":
        return [200, { drafts }];
      case "/api/agent/tags":
        return [200, { tags: tags.map((tag, index) => ({ tag, count: 30 - 7 * index })) }];
      case "/api/admin/teams":
        return [200, { teams }];
      case "/api/admin/operators":
        return [200, { operators: colleagues }];
      case "/api/agent/views":
        if (method === "POST")
          views.push({ id: idOf(6_350 + views.length), mayChange: true, ...body } as unknown as SavedView);
        return [method === "POST" ? 201 : 200, method === "POST" ? views.at(-1) : { views }];
      case "/api/agent/mentions":
        return [200, { mentions: named, unread: named.filter(({ readAt }) => !readAt).length }];
      case "/api/agent/mentions/read":
        for (const mention of named) mention.readAt ??= new Date().toISOString();
        return [204, undefined];
      case "/api/agent/search":
        return [200, found(query)];
      case "/api/agent/bulk":
        return [200, { outcomes: bulk((body.changes ?? []) as Change[]) }];
    }
    return path.startsWith("/api/agent/canned-responses/") ? [204, undefined] : undefined;
  }

  /** Plays what stands under one conversation. */
  function act(found: FakeConversation, method: string, verb: string, body: Body): Answer | undefined {
    const { id, attributes, customer } = found.row;
    switch (verb) {
      case "snooze": {
        const snoozedUntil = method === "PUT" ? String(body.until) : undefined;
        return [200, change(id, { attributes: { ...attributes, snoozedUntil } })];
      }
      case "tags":
        return [200, change(id, { attributes: { ...attributes, tags: tagsAfter(attributes.tags, body) } })];
      case "attributes":
        return [200, change(id, { attributes: { ...attributes, ...body } })];
      case "draft":
        drafts.push({ ...(body as Draft), conversationId: id, updatedAt: new Date().toISOString() });
        return [204, undefined];
      case "whisper":
        return [201, say(id, String(body.text), "operators", String(body.clientId), { kind: "whisper" })];
      case "past":
        return [
          200,
          { rows: [...known.values()].map(({ row }) => row).filter((row) => isPast(row, id, customer.name)) },
        ];
    }
    return undefined;
  }

  function contactOf(id: string, body: Body): ContactAttributes {
    const customer = [...known.values()].find((each) => each.customer.id === id)?.customer;
    const before = contacts.get(id) ?? {
      id,
      name: customer?.name ?? "",
      email: customer?.email,
      attributes: { plan: "Summit", orders: 12, newsletter: true },
    };
    const { attributes = {}, ...rest } = body as Partial<ContactAttributes>;
    const merged = Object.entries({ ...before.attributes, ...attributes }).filter(
      ([, value]) => value !== null,
    );
    const after = { ...before, ...rest, attributes: Object.fromEntries(merged) };
    contacts.set(id, after);
    return after;
  }

  function bulk(changes: Change[]): BulkAnswer["outcomes"] {
    return changes.map(({ conversationId, action }) => {
      const problem = faults.refuseBulk.get(conversationId);
      if (problem) return { conversationId, outcome: "failed", problem };
      const before = known.get(conversationId)?.row;
      if (!before) return { conversationId, outcome: "failed", problem: "There is no such conversation." };
      const row = change(conversationId, partOf(before, action));
      return { conversationId, outcome: "done", row, ...undoOf(action) };
    });
  }

  function runOf(conversationId: string, clientId: string): MacroRun {
    say(conversationId, "Hi there, your refund is on its way.", "all", clientId);
    const row = change(conversationId, partOf(rowOf(conversationId), { kind: "resolve" }));
    return {
      steps: [
        { sentence: "Sent a reply.", outcome: "done" },
        {
          sentence: "Added the tag refund.",
          outcome: "done",
          undo: { kind: "tag", add: [], remove: ["refund"] },
        },
        {
          sentence: "Resolved the conversation.",
          outcome: "done",
          undo: { kind: "reopen", to: { kind: "me" } },
        },
      ],
      row,
    };
  }

  function rowOf(id: string): ConversationRow {
    const row = known.get(id)?.row;
    if (!row) throw new Error(`There is no conversation ${id}.`);
    return row;
  }

  function found(query: URLSearchParams): SearchPage {
    const q = (query.get("q") ?? "").toLowerCase();
    const marks = (text: string) => {
      const start = text.toLowerCase().indexOf(q);
      return start === -1 ? [] : [{ start, end: start + q.length }];
    };
    const marked = (text: string) => ({ text, marks: marks(text) });
    const all = [...known.values()];
    if (query.get("kind") === "contacts") {
      const people = new Map(all.map(({ customer, row }) => [customer.id, { customer, row }]));
      const hits = [...people.values()]
        .filter(({ customer: { name, email } }) => `${name} ${email}`.toLowerCase().includes(q))
        .map(({ customer: { id, name, email, channels }, row }) => ({
          contact: { id, name, email, channels, lastSeenAt: row.lastMessageAt },
          name: marked(name),
          ...(email ? { email: marked(email) } : {}),
        }));
      return { kind: "contacts", hits };
    }
    const hits = all
      .filter(({ row }) => `${row.customer.name} ${row.snippet}`.toLowerCase().includes(q))
      .map(({ row, messages }) => {
        const message = messages.find(({ text }) => text.toLowerCase().includes(q));
        return {
          row,
          name: marked(row.customer.name),
          ...(message ? { message: { ...message, excerpt: marked(message.text.slice(0, 120)) } } : {}),
        };
      });
    return { kind: "conversations", hits };
  }

  return { reply, act, faults };
}

type Body = Record<string, unknown>;
type Change = { conversationId: string; action: BulkAction };

function previewOf(): MacroPreview {
  return {
    steps: [
      { sentence: "Sends a reply.", text: "Hi there, your refund is on its way." },
      { sentence: "Adds the tag refund." },
      { sentence: "Resolves the conversation." },
    ],
  };
}

function isPast(row: ConversationRow, id: string, name: string): boolean {
  return row.id !== id && row.customer.name === name;
}

function tagsAfter(tags: string[], { add = [], remove = [] }: { add?: unknown; remove?: unknown }): string[] {
  const left = tags.filter((tag) => !(remove as string[]).includes(tag));
  return [...new Set([...left, ...(add as string[])])];
}

/** What a row becomes by an action. */
function partOf(row: ConversationRow, action: BulkAction): Partial<ConversationRow> {
  const state = (next: Partial<ConversationRow["state"]>) => ({
    state: { ...row.state, operator: undefined, ...next },
    escalatedAt: undefined,
  });
  const attributes = (next: Partial<ConversationRow["attributes"]>) => ({
    attributes: { ...row.attributes, ...next },
  });
  switch (action.kind) {
    case "resolve":
      return state({ state: "RESOLVED", owner: "none" });
    case "reopen":
    case "assign":
      return state({
        state: "WITH_HUMAN",
        owner: "operator",
        operator: { id: "op-maya", name: "Maya Lindqvist" },
      });
    case "snooze":
      return attributes({ snoozedUntil: action.until });
    case "wake":
      return attributes({ snoozedUntil: undefined });
    case "tag":
      return attributes({ tags: tagsAfter(row.attributes.tags, action) });
    case "read":
      return { unread: 0 };
  }
}

function undoOf(action: BulkAction): { undo?: BulkAction } {
  switch (action.kind) {
    case "resolve":
      return { undo: { kind: "reopen", to: { kind: "me" } } };
    case "snooze":
      return { undo: { kind: "wake" } };
    case "tag":
      return { undo: { kind: "tag", add: action.remove, remove: action.add } };
    default:
      return {};
  }
}
