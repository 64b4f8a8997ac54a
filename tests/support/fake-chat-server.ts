import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { AgentCard, SessionView } from "#contracts/chat";
import type { Attachment, MessageView, StateView } from "#contracts/conversation";
import type { DurableEvent } from "#contracts/events";
import { topicViews } from "./fake-chat-topics.ts";

/** A chat server of the outer world for tests of clients: it speaks the wire and obeys the test. */
export type FakeChatServer = Awaited<ReturnType<typeof startFakeChatServer>>;

type Room = {
  sessionId: string;
  token: string;
  conversationId: string;
  log: DurableEvent[];
  messages: MessageView[];
  state: StateView;
  receipts: { customerRead: number; operatorRead: number };
  run?: { runId: string; messageId: string; text: string; thinking: boolean };
  attachments: Map<string, { body: Buffer; attachment: Attachment }>;
  streams: Set<ServerResponse>;
  byClientId: Map<string, MessageView>;
  /** The customer's other topics, each with a log of its own. */
  topics: Map<string, Room>;
};

export type FakeChatOptions = {
  port?: number;
  card?: Partial<AgentCard>;
  /** Called for each stored customer message, after the answer to the POST. */
  answer?: (text: string, server: Script, room: Room) => Promise<void>;
  /** Answers what is not the chat. */
  elsewhere?: (request: IncomingMessage, response: ServerResponse) => boolean;
};

/** What a test may do to a conversation. */
export type Script = ReturnType<typeof scriptOf>;

export const fakeAgentId = "0199aaaa-0000-7000-8000-000000000001";

export async function startFakeChatServer(options: FakeChatOptions = {}) {
  const rooms = new Map<string, Room>();
  const requests: { method: string; path: string; body: unknown }[] = [];
  /** While set, everything under /api answers so; "cut" drops the connection, "no-streams" refuses only streams. */
  let trouble: number | "cut" | "no-streams" | undefined;
  const card: AgentCard = {
    id: fakeAgentId,
    name: "Nora",
    companyName: "Nordlicht Outdoor",
    greeting:
      "Hi! I know our tents, packs and bikes, and everything about orders and returns. What can I do for you?",
    suggestions: [
      "How long do I have to return a tent?",
      "Where is my order?",
      "Which pack fits a three-day hike?",
    ],
    color: "#1f6f5c",
    topics: [],
    model: false,
    ...options.card,
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://fake");
    if (!url.pathname.startsWith("/api/")) {
      if (!options.elsewhere?.(request, response)) response.writeHead(404).end();
      return;
    }
    const raw = await bytesOf(request);
    const isStream = url.pathname.endsWith("/stream");
    if (trouble === "cut") return void request.socket.destroy();
    if (typeof trouble === "number" || (trouble === "no-streams" && isStream)) {
      return refuse(response, typeof trouble === "number" ? trouble : 503);
    }
    const json = request.headers["content-type"] === "application/json";
    const body = json ? JSON.parse(raw.toString("utf8") || "{}") : {};
    if (!isStream) requests.push({ method: request.method ?? "", path: url.pathname, body });
    const token = request.headers.authorization?.replace("Bearer ", "");
    if (url.pathname === "/api/chat/session") return openSession(body, token, response);
    const [, , , sessionId = "", verb, attachmentId] = url.pathname.split("/");
    const general = rooms.get(sessionId);
    if (general === undefined || general.token !== token) return refuse(response, 401);
    const topic = url.searchParams.get("topic");
    const room = topic === null ? general : general.topics.get(topic);
    if (room === undefined) return refuse(response, 404);
    if (verb === "topics") {
      if (request.method === "POST" && body.name !== "General" && !general.topics.has(body.name))
        general.topics.set(body.name, { ...newRoom(), sessionId, token: general.token });
      const opened = general.topics.get(body.name) ?? general;
      const topics = topicViews(general, general.topics);
      return send(response, 200, { topic: body.name ?? "General", topics, snapshot: snapshotOf(opened) });
    }
    if (verb === "stream") return openStream(room, request, response);
    if (verb === "events") {
      const after = Number(url.searchParams.get("after") ?? 0);
      const events = room.log.filter(({ seq }) => seq > after);
      return send(response, 200, { events, next: String(events.at(-1)?.seq ?? after), more: false });
    }
    if (verb === "messages") return send(response, 200, pageOf(room, Number(url.searchParams.get("before"))));
    if (verb === "attachments") {
      const stored = attachmentId === undefined ? undefined : room.attachments.get(attachmentId);
      if (request.method === "GET") {
        if (stored === undefined) return refuse(response, 404);
        response.writeHead(200, { "content-type": stored.attachment.mediaType }).end(stored.body);
        return;
      }
      const id = crypto.randomUUID();
      const attachment: Attachment = {
        id,
        name: decodeURIComponent(String(request.headers["x-file-name"])),
        mediaType: String(request.headers["content-type"]),
        size: raw.length,
        url: `/api/chat/${sessionId}/attachments/${id}`,
      };
      room.attachments.set(id, { body: raw, attachment });
      return send(response, 201, attachment);
    }
    const script = scriptOf(room);
    if (verb === "message") {
      const known = room.byClientId.get(body.clientId);
      const message =
        known ??
        script.message(
          { kind: "customer", name: "You" },
          body.text,
          {
            clientId: body.clientId,
            ...(body.replyTo && { replyTo: body.replyTo }),
            ...(body.data && { data: body.data }),
            ...(body.attachments?.length && {
              attachments: body.attachments.flatMap(
                (id: string) => room.attachments.get(id)?.attachment ?? [],
              ),
            }),
          },
          { quiet: true },
        );
      room.byClientId.set(body.clientId, message);
      const { id: messageId, conversationId, seq, createdAt } = message;
      send(response, known ? 200 : 201, {
        messageId,
        conversationId,
        seq,
        createdAt,
        duplicate: known !== undefined,
      });
      if (!known) await options.answer?.(body.text, script, room);
      return;
    }
    if (verb === "read") script.read({ customerRead: body.seq });
    if (verb === "escalate") {
      script.escalate();
      return send(response, 200, room.state);
    }
    if (verb === "cancel") {
      if (room.state.state === "WITH_HUMAN") return refuse(response, 409);
      if (room.state.state === "WAITING_HUMAN") script.handBack();
      return send(response, 200, room.state);
    }
    if (verb === "decline") script.state({ ...room.state, offered: false });
    if (verb === "stop") script.stop();
    response.writeHead(204).end();
  });

  function openSession(
    body: { sessionId?: string; topic?: string; resume?: string },
    token: string | undefined,
    response: ServerResponse,
  ) {
    // A letter's link opens the room of its conversation under a secret of its own.
    const linked = [...rooms.values()].find((each) => body.resume === `good.${each.conversationId}`);
    if (body.resume !== undefined && linked === undefined) return refuse(response, 404);
    if (linked !== undefined) {
      const sessionId = crypto.randomUUID();
      rooms.set(sessionId, { ...linked, sessionId, token: crypto.randomUUID(), topics: new Map() });
      body.sessionId = sessionId;
      token = rooms.get(sessionId)?.token;
    }
    const known = body.sessionId === undefined ? undefined : rooms.get(body.sessionId);
    if (body.sessionId !== undefined && (known === undefined || known.token !== token))
      return refuse(response, 401);
    const room = known ?? newRoom();
    rooms.set(room.sessionId, room);
    const now = new Date().toISOString();
    const topic = room.topics.get(body.topic ?? "");
    const view: SessionView = {
      sessionId: room.sessionId,
      ...(known && !linked ? {} : { token: room.token }),
      conversationId: (topic ?? room).conversationId,
      companyId: crypto.randomUUID(),
      agentId: card.id,
      channel: "web",
      state: "INIT",
      createdAt: now,
      lastActivityAt: now,
      expiresAt: now,
      agent: card,
      topic: topic === undefined ? "General" : (body.topic ?? ""),
      topics: topicViews(room, room.topics),
      snapshot: snapshotOf(topic ?? room),
    };
    send(response, 200, view);
  }

  function openStream(room: Room, request: IncomingMessage, response: ServerResponse) {
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
    });
    const head = room.log.length;
    response.write(`id: ${head}\n\n`);
    const last = request.headers["last-event-id"];
    write(response, "connected", {
      stream: "conversation",
      streamId: "s",
      heartbeatSeconds: 15,
      time: new Date().toISOString(),
    });
    if (last === undefined) write(response, "snapshot", snapshotOf(room));
    else
      for (const event of room.log.filter(({ seq }) => seq > Number(last)))
        write(response, event.type, event, event.seq);
    room.streams.add(response);
    response.on("close", () => room.streams.delete(response));
  }

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    card,
    requests,
    rooms,
    room: () => [...rooms.values()].at(-1),
    script(topic = "General") {
      const general = [...rooms.values()].at(-1);
      const room = topic === "General" ? general : general?.topics.get(topic);
      if (room === undefined) throw new Error("nobody has opened this yet");
      return scriptOf(room);
    },
    /** Tells each window of the newest session of all its topics. */
    tellTopics() {
      const general = [...rooms.values()].at(-1);
      if (general === undefined) return;
      const data = { type: "topics", conversationId: "", topics: topicViews(general, general.topics) };
      for (const { streams } of [general, ...general.topics.values()])
        for (const stream of streams) write(stream, "topics", data);
    },
    trouble(kind: typeof trouble) {
      trouble = kind;
      if (kind !== undefined)
        for (const room of rooms.values()) for (const stream of room.streams) stream.destroy();
    },
    endStreams() {
      for (const room of rooms.values()) {
        for (const stream of room.streams) stream.end();
        room.streams.clear();
      }
    },
    streams: () => [...rooms.values()].reduce((sum, room) => sum + room.streams.size, 0),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function newRoom(): Room {
  return {
    sessionId: crypto.randomUUID(),
    token: `secret-${crypto.randomUUID()}`,
    conversationId: crypto.randomUUID(),
    log: [],
    messages: [],
    state: { state: "ACTIVE", owner: "ai", epoch: 0, since: new Date().toISOString(), offered: false },
    receipts: { customerRead: 0, operatorRead: 0 },
    attachments: new Map(),
    streams: new Set(),
    byClientId: new Map(),
    topics: new Map(),
  };
}

function snapshotOf(room: Room) {
  const { conversationId, state, receipts, run } = room;
  return {
    conversationId,
    head: room.log.length,
    ...pageOf(room),
    state,
    receipts,
    ...(run && { run }),
  };
}

function pageOf(room: Room, before = Number.POSITIVE_INFINITY) {
  const earlier = room.messages.filter(({ seq }) => seq < before);
  return { messages: earlier.slice(-50), more: earlier.length > 50 };
}

function scriptOf(room: Room) {
  const { conversationId } = room;
  const publish = (event: string, data: unknown, id?: number) => {
    for (const stream of room.streams) write(stream, event, data, id);
  };
  const next = () => room.log.length + 1;
  const script = {
    publish,
    message(
      author: MessageView["author"],
      text: string,
      more: Partial<MessageView> = {},
      { quiet = false } = {},
    ) {
      const seq = next();
      const message: MessageView = {
        id: crypto.randomUUID(),
        conversationId,
        seq,
        author,
        text,
        audience: "all",
        createdAt: new Date().toISOString(),
        ...more,
      };
      room.messages.push(message);
      room.log.push({ type: "message", conversationId, seq, message });
      if (!quiet) publish("message", room.log.at(-1), seq);
      return message;
    },
    state(state: StateView) {
      room.state = state;
      const seq = next();
      room.log.push({ type: "state", conversationId, seq, move: "escalate", state });
      publish("state", room.log.at(-1), seq);
    },
    read(receipts: Partial<Room["receipts"]>) {
      room.receipts = { ...room.receipts, ...receipts };
      publish("read", { type: "read", conversationId, receipts: room.receipts });
    },
    escalate(position = 2) {
      script.state({
        ...room.state,
        state: "WAITING_HUMAN",
        owner: "queue",
        position,
        offered: false,
        epoch: room.state.epoch + 1,
      });
      script.message({ kind: "system" }, "Connecting you to a support agent, please wait.", {
        notice: { kind: "escalated", position },
      });
    },
    handBack() {
      const { position: _, ...state } = room.state;
      script.state({ ...state, state: "ACTIVE", owner: "ai", epoch: state.epoch + 1 });
      script.message({ kind: "system" }, "You are talking to the assistant again.", {
        notice: { kind: "handed_back" },
      });
    },
    join(name: string) {
      const operator = { id: "op-1", name };
      script.state({
        ...room.state,
        state: "WITH_HUMAN",
        owner: "operator",
        operator,
        epoch: room.state.epoch + 1,
        offered: false,
      });
      publish("agent_joined", { type: "agent_joined", conversationId, operator });
      script.message({ kind: "system" }, `${name} joined the chat.`, { notice: { kind: "joined", name } });
    },
    typing(name: string, typing = true) {
      publish("typing", {
        type: "typing",
        conversationId,
        author: "operator",
        authorId: "op-1",
        name,
        typing,
      });
    },
    stopped: false,
    stop() {
      room.run = undefined;
    },
    /** Streams an answer piece by piece and stores it; a stop keeps what there was. */
    async stream(
      text: string,
      more: Partial<MessageView> = {},
      { piece = 12, pause = 15, thinking = 300 } = {},
    ) {
      const run = { runId: crypto.randomUUID(), messageId: crypto.randomUUID(), text: "", thinking: true };
      const base = { conversationId, runId: run.runId, messageId: run.messageId };
      room.run = run;
      publish("thinking", { type: "thinking", ...base });
      await sleep(thinking);
      let stopped = false;
      for (let at = 0; at < text.length; at += piece) {
        if (room.run !== run) {
          stopped = true;
          break;
        }
        const part = text.slice(at, at + piece);
        publish("delta", { type: "delta", ...base, offset: at, text: part });
        run.text += part;
        run.thinking = false;
        await sleep(pause);
      }
      room.run = undefined;
      const outcome = stopped ? "stopped" : "complete";
      const message = script.message({ kind: "agent", name: "Nora" }, run.text, {
        id: run.messageId,
        answer: { runId: run.runId, outcome },
        ...more,
      });
      publish("complete", { type: "complete", ...base, seq: message.seq });
      return message;
    },
  };
  return script;
}

function write(response: ServerResponse, event: string, data: unknown, id?: number) {
  const cursor = id === undefined ? "" : `id: ${id}\n`;
  response.write(`${cursor}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

function send(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number) {
  const codes: Record<number, string> = {
    401: "unauthenticated",
    404: "not_found",
    409: "conflict",
    429: "rate_limited",
  };
  const error = { code: codes[status] ?? "unavailable", message: "Not now.", requestId: "req-1" };
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ error }));
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

function sleep(milliseconds: number) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
