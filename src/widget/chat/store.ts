import { batch, computed, effect, signal } from "@preact/signals";
import {
  type Conversation,
  conversationFrom,
  follow,
  withMessage,
  withoutSilentRun,
  withoutStale,
} from "#client/conversation";
import { parseConversationEvent } from "#client/conversation-events";
import { createLatencyMeter, type Latency } from "#client/latency";
import { createOutbox, type Draft, type OutboxEntry } from "#client/outbox";
import { type ConnectionStatus, openRealtime, type Realtime } from "#client/realtime";
import { sseTransport } from "#client/sse-transport";
import { systemTimers } from "#client/timers";
import { asWireError, type WireError } from "#client/wire-error";
import type { AgentCard, SentMessage, SessionView } from "#contracts/chat";
import type { Attachment, MessageView } from "#contracts/conversation";
import { withEarlier } from "./earlier.ts";
import { createSession } from "./session.ts";
import { chime, isVoice } from "./sound.ts";
import { browserStorage } from "./storage.ts";

/** Everything the window shows and does, without a word about how it looks. */
export function createChat(config: { agentId: string; card: AgentCard }) {
  const keep = browserStorage();
  const muteKey = "baton:muted";
  const card = signal(config.card);
  const conversation = signal<Conversation>();
  const outboxEntries = signal<readonly OutboxEntry[]>([]);
  const status = signal<ConnectionStatus>({
    state: "connecting",
    since: Date.now(),
    failures: 0,
    transport: "sse",
  });
  const latency = signal<Latency>();
  const visible = signal(false);
  const front = signal(!document.hidden);
  const atEnd = signal(true);
  const muted = signal(keep.getItem(muteKey) === "1");
  const announcement = signal("");
  const earlier = signal<"ready" | "loading" | "failed">("ready");
  const seen = signal(0);
  const meter = createLatencyMeter();
  let realtime: Realtime | undefined;
  let streamOf = "";
  let typingSent = 0;

  const session = createSession(config.agentId, keep, opened);

  const outbox = createOutbox({
    key: `baton:${config.agentId}:outbox`,
    keep,
    newId: () => crypto.randomUUID(),
    send: ({ clientId, text, replyTo, attachments }) => {
      meter.sent(clientId, performance.now());
      const ids = attachments?.map(({ id }) => id);
      const body = { clientId, text, ...(replyTo && { replyTo }), ...(ids?.length && { attachments: ids }) };
      return session.use((sessionId) => session.api.send(sessionId, body));
    },
    onSent: stored,
  });
  outbox.subscribe(() => {
    outboxEntries.value = outbox.entries();
  });
  outboxEntries.value = outbox.entries();

  const unread = computed(() => {
    const read = Math.max(seen.value, conversation.value?.receipts.customerRead ?? 0);
    const spoken = conversation.value?.messages.filter(({ author }) => isVoice(author)) ?? [];
    return spoken.filter(({ seq }) => seq > read).length;
  });

  function stored(entry: OutboxEntry, sent: SentMessage) {
    meter.received(entry.clientId, performance.now());
    latency.value = meter.read();
    const { clientId, text, replyTo, attachments } = entry;
    const message: MessageView = {
      id: sent.messageId,
      conversationId: sent.conversationId,
      seq: sent.seq,
      author: { kind: "customer" },
      text,
      audience: "all",
      clientId,
      createdAt: sent.createdAt,
      ...(replyTo && { replyTo }),
      ...(attachments && { attachments }),
    };
    if (conversation.value?.conversationId === sent.conversationId) {
      conversation.value = withMessage(conversation.value, message);
    } else {
      // Words that come long after an end begin a new conversation.
      quietly(session.renew());
    }
  }

  function opened(view: SessionView) {
    batch(() => {
      card.value = view.agent;
      const now = Date.now();
      conversation.value = conversation.value
        ? follow(conversation.value, { type: "snapshot", snapshot: view.snapshot }, now)
        : conversationFrom(view.snapshot, now);
      seen.value = Math.max(seen.value, view.snapshot.receipts.customerRead);
    });
    if (streamOf !== view.conversationId) listen(view);
    outbox.flush();
  }

  function listen({ sessionId, conversationId, snapshot }: SessionView) {
    realtime?.close();
    streamOf = conversationId;
    const { api } = session;
    const opened = openRealtime({
      transport: sseTransport({ url: api.url(sessionId, "stream"), headers: api.headers }),
      poll: (after, signal) => api.events(sessionId, after, signal),
      lastEventId: String(snapshot.head),
      onEvent: receive,
      onRefused: async () => (await session.renew()).conversationId === conversationId,
      online: () => navigator.onLine,
    });
    realtime = opened;
    status.value = opened.status();
    opened.subscribe(() => {
      const before = status.value.state;
      status.value = opened.status();
      if (before !== "connected" && status.value.state === "connected") outbox.flush();
    });
  }

  function receive(frame: { event: string; data: unknown }) {
    const now = Date.now();
    if (frame.event === "connected" && conversation.value?.run) {
      // Who is still writing says so at once to a stream that has come back.
      systemTimers.after(5_000, () => {
        if (conversation.value) conversation.value = withoutSilentRun(conversation.value, now);
      });
    }
    const event = parseConversationEvent(frame);
    if (event === undefined || conversation.value === undefined) return;
    const before = conversation.value;
    conversation.value = follow(before, event, now);
    if (event.type === "typing") {
      systemTimers.after(5_050, () => {
        if (conversation.value) conversation.value = withoutStale(conversation.value, Date.now());
      });
    }
    if (event.type === "thinking" && before.run === undefined) announce(`${card.value.name} is typing`);
    if (event.type === "message" && conversation.value.messages !== before.messages) arrived(event.message);
  }

  function arrived(message: MessageView) {
    if (message.clientId) outbox.drop(message.clientId);
    if (message.author.kind === "customer") return;
    const name = message.author.name ?? (message.author.kind === "agent" ? card.value.name : "");
    announce(name === "" ? message.text : `${name}: ${message.text}`);
    if (isVoice(message.author) && !muted.value && (!visible.value || !front.value)) chime();
  }

  function announce(words: string) {
    announcement.value = words;
  }

  // What is on screen in front of someone is read.
  effect(() => {
    const last = conversation.value?.messages.findLast(({ author }) => author.kind !== "customer");
    const read = Math.max(seen.value, conversation.value?.receipts.customerRead ?? 0);
    if (!visible.value || !front.value || !atEnd.value || last === undefined || last.seq <= read) return;
    const { seq } = last;
    const settle = setTimeout(() => {
      seen.value = seq;
      quietly(session.use((sessionId) => session.api.read(sessionId, seq)));
    }, 250);
    return () => clearTimeout(settle);
  });

  function opening(): Promise<void> {
    return session.ready().then(
      () => undefined,
      (error) => fail(asWireError(error)),
    );
  }

  // Until there is a session there is no stream; the window tells the same story nonetheless.
  function fail(error: WireError) {
    const failures = status.value.failures + 1;
    const delay = Math.max(Math.min(30_000, 1_000 * 2 ** failures) * Math.random(), error.retryAfter ?? 500);
    const state = failures < 3 && navigator.onLine ? "reconnecting" : "offline";
    const since = status.value.state === "connecting" ? Date.now() : status.value.since;
    const retryAt = Date.now() + delay;
    status.value = { state, since, failures, transport: "sse", error, retryAt };
    systemTimers.after(delay, () => {
      if (realtime === undefined) opening();
    });
  }

  return {
    card,
    conversation,
    outboxEntries,
    status,
    latency,
    visible,
    front,
    atEnd,
    muted,
    announcement,
    earlier,
    unread,
    known: session.known,
    setPage: session.setPage,
    open: opening,
    retry() {
      if (realtime === undefined) opening();
      else realtime.retry();
      outbox.flush();
    },
    send(draft: Draft) {
      typingSent = 0;
      atEnd.value = true;
      outbox.add(draft);
    },
    resend: (clientId: string) => outbox.retry(clientId),
    discard: (clientId: string) => outbox.drop(clientId),
    typing(typing: boolean) {
      const now = Date.now();
      if (typing && now - typingSent < 3_000) return;
      if (!typing && typingSent === 0) return;
      typingSent = typing ? now : 0;
      if (status.value.state === "connected") {
        quietly(session.use((sessionId) => session.api.typing(sessionId, typing)));
      }
    },
    async loadEarlier() {
      const first = conversation.value?.messages[0];
      if (!first || earlier.value === "loading") return;
      earlier.value = "loading";
      try {
        const page = await session.use((sessionId) => session.api.messages(sessionId, first.seq));
        batch(() => {
          if (conversation.value) conversation.value = withEarlier(conversation.value, first.seq, page);
          earlier.value = "ready";
          announce(`${conversation.value?.messages.length} messages are shown`);
        });
      } catch {
        earlier.value = "failed";
      }
    },
    stop: () => quietly(session.use((sessionId) => session.api.stop(sessionId))),
    decline() {
      withOffer(false);
      quietly(session.use((sessionId) => session.api.decline(sessionId)));
    },
    escalate: () => handedOver("escalate"),
    cancel: () => handedOver("cancel"),
    setMuted(quiet: boolean) {
      muted.value = quiet;
      keep.setItem(muteKey, quiet ? "1" : "0");
    },
    upload: async () => {
      const { sessionId } = await session.ready();
      return { address: session.api.url(sessionId, "attachments"), headers: session.api.headers() };
    },
    fetchAttachment: (attachment: Attachment) =>
      session.use((sessionId) => session.api.attachment(sessionId, attachment)),
    close() {
      realtime?.close();
      outbox.close();
    },
  };

  /** Brings the customer to a person or back, and says what went wrong. */
  async function handedOver(act: "escalate" | "cancel"): Promise<string | undefined> {
    try {
      const state = await session.use((sessionId) => session.api[act](sessionId));
      const now = conversation.value;
      // The stream may have told more by now than this answer knows.
      if (now && state.epoch >= now.state.epoch) conversation.value = { ...now, state };
      return undefined;
    } catch (error) {
      return asWireError(error).message;
    }
  }

  function withOffer(offered: boolean) {
    if (conversation.value === undefined) return;
    conversation.value = { ...conversation.value, state: { ...conversation.value.state, offered } };
  }
}

export type Chat = ReturnType<typeof createChat>;

function quietly(promise: Promise<unknown>) {
  promise.catch(() => undefined);
}
