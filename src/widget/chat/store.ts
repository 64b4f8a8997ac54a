import { batch, computed, signal } from "@preact/signals";
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
import { createOutbox, type Draft, type Keep, type OutboxEntry } from "#client/outbox";
import { systemTimers } from "#client/timers";
import { general, parseTopics } from "#client/topics";
import { asWireError } from "#client/wire-error";
import type { AgentCard, OpenedTopic, SentMessage, SessionView } from "#contracts/chat";
import type { Attachment, MessageView } from "#contracts/conversation";
import type { RatingBody } from "#contracts/rating";
import type { StructuredAnswer } from "#contracts/structured";
import type { TopicView } from "#contracts/topics";
import { alongOf } from "./along.ts";
import { withEarlier } from "./earlier.ts";
import { createHandingOver } from "./handing-over.ts";
import { createLine } from "./line.ts";
import { messageOf, sendEntry } from "./outgoing.ts";
import { createReading } from "./reading.ts";
import { createSession } from "./session.ts";
import { chime, isVoice } from "./sound.ts";
import { browserStorage } from "./storage.ts";
import { createTopics } from "./topics.ts";
import { createUploads } from "./uploads.ts";

/** Everything the window shows and does, without a word about how it looks. */
export function createChat(
  config: { agentId: string; card: AgentCard },
  { keep = browserStorage(), resume }: { keep?: Keep | undefined; resume?: string | undefined } = {},
) {
  const muteKey = "baton:muted";
  const card = signal(config.card);
  const conversation = signal<Conversation>();
  const outboxEntries = signal<readonly OutboxEntry[]>([]);
  const latency = signal<Latency>();
  const visible = signal(false);
  const front = signal(!document.hidden);
  const atEnd = signal(true);
  const muted = signal(keep.getItem(muteKey) === "1");
  const announcement = signal("");
  const expired = signal(false);
  const earlier = signal<"ready" | "loading" | "failed">("ready");
  const meter = createLatencyMeter();
  let typingSent = 0;
  let opening = 0;

  const topics = createTopics(keep, config.agentId);
  const session = createSession({
    agentId: config.agentId,
    keep,
    topic: () => topics.shown.peek(),
    resume,
    onExpired: () => {
      expired.value = true;
    },
    onOpen: opened,
    streamId: () => line.streamId(),
  });

  const line = createLine({
    onFrame: receive,
    onConnected: () => outbox.flush(),
    // A stream tells of the other topics by itself.
    onPoll: () => {
      if (topics.list.value.length > 1) quietly(session.use(listTopics));
    },
    onRefused: async (conversationId) => (await session.renew()).conversationId === conversationId,
  });

  const outbox = createOutbox({
    key: `baton:${config.agentId}:outbox`,
    keep,
    newId: () => crypto.randomUUID(),
    send: (entry) => {
      meter.sent(entry.clientId, performance.now());
      return sendEntry(session, entry);
    },
    onSent: stored,
  });
  outbox.subscribe(() => {
    outboxEntries.value = outbox.entries();
  });
  outboxEntries.value = outbox.entries();
  const onTheWay = computed(() =>
    outboxEntries.value.filter((entry) => alongOf(entry).topic === topics.shown.value),
  );

  const reading = createReading({
    conversation,
    isWatched: () => visible.value && front.value && atEnd.value && topics.screen.value === "chat",
    tell: (seq) => quietly(session.use((sessionId) => session.api.read(sessionId, seq))),
  });

  function stored(entry: OutboxEntry, sent: SentMessage) {
    meter.received(entry.clientId, performance.now());
    latency.value = meter.read();
    if (alongOf(entry).topic !== topics.shown.value) return;
    if (conversation.value?.conversationId === sent.conversationId) {
      conversation.value = withMessage(conversation.value, messageOf(entry, sent));
    } else {
      // Words that come long after an end begin a new conversation.
      quietly(session.renew());
    }
  }

  function opened(view: SessionView) {
    batch(() => {
      card.value = view.agent;
      show(view);
    });
    line.listen(session.api, view.sessionId, view.snapshot);
    outbox.flush();
  }

  function show({ topic, topics: list, snapshot }: OpenedTopic) {
    topics.show(topic);
    topics.take(list);
    const now = Date.now();
    conversation.value = conversation.value
      ? follow(conversation.value, { type: "snapshot", snapshot }, now)
      : conversationFrom(snapshot, now);
  }

  /** Goes over to a topic; where that fails, the window stays with the one it shows and answers why. */
  async function openTopic(name: string): Promise<string | undefined> {
    opening += 1;
    const mine = opening;
    try {
      const { sessionId } = await session.ready();
      const topic = await session.use((id) => session.about(general).openTopic(id, name));
      if (mine !== opening) return undefined;
      batch(() => {
        earlier.value = "ready";
        atEnd.value = true;
        topics.screen.value = "chat";
        show(topic);
      });
      line.listen(session.api, sessionId, topic.snapshot);
      announce(topic.topic);
      return undefined;
    } catch (error) {
      return asWireError(error).message;
    }
  }

  function receive(frame: { event: string; data: unknown }) {
    const now = Date.now();
    if (frame.event === "connected" && conversation.value?.run) {
      // Who is still writing says so at once to a stream that has come back.
      systemTimers.after(5_000, () => {
        if (conversation.value) conversation.value = withoutSilentRun(conversation.value, now);
      });
    }
    const told = parseTopics(frame);
    if (told !== undefined) return hearTopics(told);
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

  async function listTopics(sessionId: string) {
    hearTopics((await session.api.topics(sessionId)).topics);
  }

  function hearTopics(told: TopicView[]) {
    const news = topics.take(told);
    const here = told.find(({ name }) => name === topics.shown.value);
    // This very topic was begun anew, in another window.
    if (here !== undefined && here.conversationId !== line.to()) quietly(session.renew());
    if (news === undefined) return;
    announce(`New message in ${news.name}: ${news.lastWords}`);
    if (!muted.value) chime();
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

  function open(): Promise<void> {
    return session.ready().then(
      () => undefined,
      (error) => line.failed(asWireError(error), open),
    );
  }

  return {
    card,
    conversation,
    outboxEntries: onTheWay,
    status: line.status,
    latency,
    visible,
    front,
    atEnd,
    muted,
    announcement,
    /** A letter's link led here, and opens nothing any more. */
    expired,
    earlier,
    topics,
    openTopic,
    /** In the topic that is shown. */
    unreadHere: reading.unread,
    /** Over all topics. */
    unread: computed(() => reading.unread.value + topics.unreadElsewhere.value),
    known: session.known,
    setPage: session.setPage,
    open,
    retry() {
      if (line.isOpen()) line.retry();
      else open();
      outbox.flush();
    },
    send(draft: Draft) {
      typingSent = 0;
      atEnd.value = true;
      outbox.add({ ...draft, along: { topic: topics.shown.value } });
    },
    /** Answers choices or a form; once, however often it is pressed. */
    answer(text: string, data: StructuredAnswer) {
      atEnd.value = true;
      const clientId = `answer:${data.to}`;
      if (outbox.entries().some((entry) => entry.clientId === clientId)) return;
      outbox.add({ text, along: { topic: topics.shown.value, data } }, clientId);
    },
    resend: (clientId: string) => outbox.retry(clientId),
    discard: (clientId: string) => outbox.drop(clientId),
    typing(typing: boolean) {
      const now = Date.now();
      if (typing && now - typingSent < 3_000) return;
      if (!typing && typingSent === 0) return;
      typingSent = typing ? now : 0;
      if (line.status.value.state === "connected") {
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
    rating: () => session.use((sessionId) => session.api.rating(sessionId)),
    rate: (body: RatingBody) => session.use((sessionId) => session.api.rate(sessionId, body)),
    ...createHandingOver(session, conversation),
    setMuted(quiet: boolean) {
      muted.value = quiet;
      keep.setItem(muteKey, quiet ? "1" : "0");
    },
    ...createUploads(session),
    fetchAttachment: (attachment: Attachment) =>
      session.use((sessionId) => session.api.attachment(sessionId, attachment)),
    close() {
      line.close();
      outbox.close();
    },
  };
}

export type Chat = ReturnType<typeof createChat>;

function quietly(promise: Promise<unknown>) {
  promise.catch(() => undefined);
}
