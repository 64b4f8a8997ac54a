import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { belongs, isListed } from "#components/inbox/data/rows.ts";
import { callsAPage } from "#contracts/calls";
import type { Delivery, MessageView, StateView } from "#contracts/conversation";
import type { LiveEvent } from "#contracts/events";
import { type ConversationRow, ListQuery, View } from "#contracts/operator";
import { contactsIn, mergeIn } from "./fake-contacts.ts";
import { fakeCopilot } from "./fake-copilot.ts";
import { fakeDesk } from "./fake-desk.ts";
import { fakePhone } from "./fake-phone.ts";
import { bundledPage } from "./inbox-bundle.ts";
import { templates } from "./inbox-channels.ts";
import { conversations, countsOf, type FakeConversation, operators } from "./inbox-data.ts";
import { idOf } from "./inbox-ids.ts";

export type FakeInbox = Awaited<ReturnType<typeof openFakeInbox>>;

type Options = { count: number; now?: number };

const me = { id: "op-maya", name: "Maya Lindqvist" };

/** A server that plays the operators' API from memory and shows the inbox, for looking at it and for browser tests. */
export async function openFakeInbox({ count, now = Date.now() }: Options) {
  const { script, style } = await bundledPage();
  const known = new Map(conversations(count, now).map((each) => [each.row.id, each]));
  const streams = new Set<ServerResponse>();
  const calls: { method: string; path: string; body: unknown }[] = [];
  const faults = {
    acceptedBy: undefined as string | undefined,
    refuseSends: false,
    refuseRetries: "",
    refuseTemplates: "",
    refuseMerges: "",
    /** For how long each answer to a change is awaited, in milliseconds. */
    slow: 0,
    /** Somebody else's reply that each send would overlook. */
    newer: undefined as MessageView | undefined,
  };
  const copilot = fakeCopilot();
  const desk = fakeDesk({ known, now, change, say: sayAs });
  const phone = fakePhone({ known, tell });

  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Inbox</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>${style}</style><body><script type="module" src="/inbox.js"></script></body></html>`;

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://fake");
    const path = url.pathname;
    if (path === "/inbox.js")
      return void response.writeHead(200, { "content-type": "text/javascript" }).end(script);
    if (!path.startsWith("/api/"))
      return void response.writeHead(200, { "content-type": "text/html" }).end(page);
    if (path === "/api/agent/stream") return void openStream(request, response);

    const body = await bodyOf(request);
    const method = request.method ?? "";
    calls.push({ method, path, body });
    if (method !== "GET") await pause(faults.slow);
    if (copilot.serve(method, path, response, body)) return;
    const [status, answer] =
      phone.reply(method, path, url.searchParams, (body ?? {}) as Record<string, unknown>) ??
      desk.reply(method, path, url.searchParams, (body ?? {}) as Record<string, unknown>) ??
      reply(method, path, url.searchParams, body);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });

  function openStream(request: IncomingMessage, response: ServerResponse) {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    const time = new Date().toISOString();
    write(response, "connected", { stream: "operator", streamId: "s1", heartbeatSeconds: 15, time }, "o1");
    if (!request.headers["last-event-id"])
      write(response, "snapshot", { cursor: "o1", operators, waiting: 1 });
    streams.add(response);
    request.on("close", () => streams.delete(response));
  }

  function reply(method: string, path: string, query: URLSearchParams, body: unknown): [number, unknown] {
    if (path === "/api/agent/presence/looking") return [200, { status: "online" }];
    if (path === "/api/agent/operators") return [200, { operators }];
    if (path === "/api/agent/conversations") return [200, list(query)];
    if (path === "/api/agent/contacts") return [200, contactsIn(known, query.get("query") ?? "")];
    const [, goneId] = path.match(/contacts\/([^/]+)\/merge$/) ?? [];
    if (goneId !== undefined) return merge(goneId, String((body as { into?: unknown }).into));
    const [, id = "", verb = ""] = path.match(/conversations\/([^/]+)\/?(.*)$/) ?? [];
    const found = known.get(id);
    if (!found) return [404, failure("not_found", "This conversation does not exist.")];
    const given = (body ?? {}) as Record<string, unknown>;
    return desk.act(found, method, verb, given) ?? act(found, verb, given);
  }

  function merge(goneId: string, keptId: string): [number, unknown] {
    const moved = faults.refuseMerges === "" ? mergeIn(known, goneId, keptId) : undefined;
    if (!moved) return [404, failure("not_found", faults.refuseMerges || "This contact does not exist.")];
    for (const { row } of moved) tell({ type: "row", conversationId: row.id, row });
    return [204, undefined];
  }

  function act(found: FakeConversation, verb: string, body: Record<string, unknown>): [number, unknown] {
    const { decisions, ...detail } = found;
    if (verb === "") return [200, { ...detail, calls: detail.calls?.slice(0, callsAPage) }];
    if (verb === "decisions") return [200, { decisions, more: false }];
    if (verb === "templates") {
      if (faults.refuseTemplates) return [409, failure("conflict", faults.refuseTemplates)];
      return [200, { templates }];
    }
    if (verb === "messages") return [200, { messages: [], more: false }];
    if (verb === "accept" && faults.acceptedBy) {
      const operator = operators.find(({ id }) => id === faults.acceptedBy);
      return [409, failure("conflict", "Somebody was faster.", { operator })];
    }
    if (verb === "accept" || verb === "take-over")
      return [200, turn(found, { state: "WITH_HUMAN", owner: "operator", operator: me })];
    if (verb === "resolve") return [200, turn(found, { state: "RESOLVED", owner: "none" })];
    if (verb === "reopen") return [200, turn(found, { state: "ACTIVE", owner: "ai" })];
    if (verb === "decline") {
      found.offer = undefined;
      const text = body.reason ? `${me.name} declined: ${body.reason}` : `${me.name} declined.`;
      say(found.row.id, { author: { kind: "system" }, text, audience: "operators" });
      return [200, found.row];
    }
    if (verb === "handover") return [200, turn(found, handedTo(body))];
    if (verb === "read") {
      found.row = { ...found.row, unread: 0 };
      tell({ type: "row", conversationId: found.row.id, row: found.row });
      return [200, {}];
    }
    const [, messageId] = verb.match(/^messages\/([^/]+)\/retry$/) ?? [];
    if (messageId !== undefined) {
      if (faults.refuseRetries) return [409, failure("conflict", faults.refuseRetries)];
      deliver(found.row.id, messageId, { state: "sending" });
      return [204, undefined];
    }
    if (verb === "attachments") return [201, attachment()];
    if (verb === "send") {
      if (faults.refuseSends) return [409, failure("conflict", "Anna Okafor has this conversation.")];
      if (faults.newer && !body.sendAnyway)
        return [409, failure("conflict", "Anna Okafor has replied meanwhile.", { newer: faults.newer })];
      const audience = body.audience === "operators" ? "operators" : "all";
      const mentions = (body.mentions ?? []) as string[];
      const named = mentions.length > 0 ? ({ kind: "mention", operators: mentions } as const) : undefined;
      const sent = sayAs(found.row.id, String(body.text), audience, String(body.clientId), named);
      if (body.thenResolve) turn(found, { state: "RESOLVED", owner: "none" });
      return [201, sent];
    }
    return [200, {}];
  }

  function sayAs(
    id: string,
    text: string,
    audience: MessageView["audience"],
    clientId: string,
    data?: MessageView["data"],
  ) {
    const onPlatform = known.get(id)?.channel !== undefined && audience === "all";
    const delivery: Delivery = { state: "sending", at: new Date().toISOString() };
    const message = say(id, {
      author: { kind: "operator", ...me },
      text,
      clientId,
      audience,
      ...(onPlatform ? { delivery } : {}),
      ...(data ? { data } : {}),
    });
    const { id: messageId, seq, createdAt } = message;
    return { messageId, conversationId: id, seq, createdAt, duplicate: false };
  }

  /** Changes what lists show of a conversation, and tells every window. */
  function change(id: string, part: Partial<ConversationRow>): ConversationRow {
    const found = known.get(id);
    if (!found) throw new Error(`There is no conversation ${id}.`);
    found.row = { ...found.row, ...part };
    tell({ type: "row", conversationId: id, row: found.row });
    return found.row;
  }

  function list(query: URLSearchParams) {
    const all = [...known.values()].map(({ row }) => row);
    const { view, ...filters } = ListQuery.parse(Object.fromEntries(query));
    const rows = all.filter((row) => isListed({ view, filters }, row, me.id));
    const from = Number(query.get("cursor") ?? 0);
    const { limit } = filters;
    const counts = countsOf(
      Object.fromEntries(
        View.options.map((each) => [each, all.filter((row) => belongs(each, row, me.id)).length]),
      ),
    );
    const next = rows.length > from + limit ? String(from + limit) : undefined;
    return { rows: rows.slice(from, from + limit), next, counts, cursor: "o1" };
  }

  function turn(found: FakeConversation, to: Pick<StateView, "state" | "owner" | "operator">) {
    const state: StateView = {
      ...to,
      epoch: found.row.state.epoch + 1,
      since: new Date().toISOString(),
      offered: false,
    };
    found.row = {
      ...found.row,
      state,
      head: found.row.head + 1,
      escalatedAt: to.state === "WAITING_HUMAN" ? state.since : undefined,
    };
    const conversationId = found.row.id;
    tell({ type: "state", conversationId, seq: found.row.head, move: "accept", state });
    tell({ type: "row", conversationId, row: found.row });
    return found.row;
  }

  /** Adds a message to a conversation and tells every window. */
  function say(id: string, said: Pick<MessageView, "author" | "text"> & Partial<MessageView>): MessageView {
    const found = known.get(id);
    if (!found) throw new Error(`There is no conversation ${id}.`);
    const seq = found.row.head + 1;
    const message: MessageView = {
      id: crypto.randomUUID(),
      conversationId: id,
      seq,
      audience: "all",
      createdAt: new Date().toISOString(),
      ...said,
    };
    found.messages = [...found.messages, message];
    const shown = message.audience === "all";
    found.row = { ...found.row, head: seq };
    if (shown)
      found.row = {
        ...found.row,
        snippet: said.text,
        lastAuthor: said.author.kind,
        lastMessageAt: message.createdAt,
      };
    tell({ type: "message", conversationId: id, seq, message });
    tell({ type: "row", conversationId: id, row: found.row });
    return message;
  }

  /** Changes how far a message came, and tells every window. */
  function deliver(id: string, messageId: string, said: Omit<Delivery, "at">) {
    const found = known.get(id);
    if (!found) throw new Error(`There is no conversation ${id}.`);
    const delivery = { ...said, at: new Date().toISOString() };
    const seq = found.row.head + 1;
    found.row = { ...found.row, head: seq };
    found.messages = found.messages.map((message) =>
      message.id === messageId ? { ...message, delivery } : message,
    );
    tell({ type: "delivery", conversationId: id, seq, messageId, delivery });
    tell({ type: "row", conversationId: id, row: found.row });
  }

  function tell(event: LiveEvent) {
    for (const stream of streams) write(stream, event.type, event);
  }

  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    known,
    calls,
    faults,
    copilot: copilot.play,
    desk,
    phone,
    say,
    deliver,
    tell,
    turn: (id: string, to: Pick<StateView, "state" | "owner" | "operator">) => {
      const found = known.get(id);
      if (found) turn(found, to);
    },
    /** Ends every open stream, as a deploy does. */
    drop: () => {
      for (const stream of streams) stream.end();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

let files = 0;

function attachment() {
  files += 1;
  return { id: idOf(7_500 + files), name: `file-${files}.txt`, mediaType: "text/plain", size: 12, url: "/x" };
}

function handedTo(body: Record<string, unknown>): Pick<StateView, "state" | "owner" | "operator"> {
  const to = (body.to ?? {}) as { kind?: string; operatorId?: string };
  if (to.kind === "ai") return { state: "ACTIVE", owner: "ai" };
  if (to.kind === "queue") return { state: "WAITING_HUMAN", owner: "queue" };
  const operator = operators.find(({ id }) => id === to.operatorId);
  return {
    state: "WITH_HUMAN",
    owner: "operator",
    operator: operator && { id: operator.id, name: operator.name },
  };
}

function failure(code: string, message: string, details?: Record<string, unknown>) {
  return { error: { code, message, requestId: "r1", details } };
}

function write(stream: ServerResponse, event: string, data: object, id?: string) {
  stream.write(
    `${id ? `id: ${id}\n` : ""}event: ${event}\ndata: ${JSON.stringify({ type: event, ...data })}\n\n`,
  );
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const piece of request) text += piece;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
