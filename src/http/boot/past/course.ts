import type { ChannelName } from "#contracts/channel";
import type { EscalationReason, MessageView, Source } from "#contracts/conversation";
import { isOpen, nextOpen } from "#contracts/open-time";
import { newId } from "#lib/ids";
import type { OperatorCard } from "#services/accounts";
import type { Append, NewDecision, NewMessage, Told } from "#services/conversations";
import {
  abandonedLine,
  handoverPacket,
  joinedLine,
  resolvedLine,
  systemLine,
  waitingLine,
} from "#services/handover";
import type { Cast } from "./cast.ts";

export type Opening = Pick<Told, "contact" | "channel" | "topic"> & { at: Date; language: string };

/** Why a person is called, as the detector decided it. */
export type Call = { reason: EscalationReason; sentence: string };

/** A conversation as it takes place: what is said and done in it becomes the steps of its log. */
export class Course {
  readonly id: string;
  readonly began: Date;
  readonly channel: ChannelName;
  readonly topic: string;
  readonly language: string;
  readonly contact: Told["contact"];
  readonly steps: Append[] = [];
  /** What everybody has heard so far. */
  readonly heard: MessageView[] = [];
  readonly cast: Cast;
  /** The number of the newest entry, and of the customer's newest words. */
  head = 0;
  customerSeq = 0;
  operator: OperatorCard | undefined;
  state: "ACTIVE" | "WAITING_HUMAN" | "WITH_HUMAN" | "RESOLVED" | "ABANDONED" = "ACTIVE";

  constructor(cast: Cast, { at, contact, channel, topic, language }: Opening) {
    this.cast = cast;
    this.id = newId(at.getTime());
    this.began = at;
    this.contact = contact;
    this.channel = channel;
    this.topic = topic;
    this.language = language;
  }

  /** The conversation as it is written down. */
  get told(): Told {
    const { id, contact, channel, topic, began, steps } = this;
    const { id: agentId, name: agentName } = this.cast.agent;
    return { id, agentId, agentName, contact, channel, topic, began, steps };
  }

  customerSays(at: Date, text: string): void {
    const words = {
      author: { kind: "customer" as const, id: this.contact.id, name: this.contact.name },
      text,
    };
    if (this.state === "ACTIVE" || this.state === "WAITING_HUMAN" || this.state === "WITH_HUMAN")
      this.step(at, { messages: [words] });
    else {
      this.state = "ACTIVE";
      const opened = systemLine("This conversation was opened again.", { kind: "reopened" });
      this.step(at, { change: { move: "reopen", state: "ACTIVE" }, messages: [opened, words] });
    }
    this.customerSeq = this.head;
  }

  /** Words of the agent, and what was decided about them. */
  agentSays(at: Date, message: NewMessage, more: Pick<Append, "decisions" | "offered"> = {}): void {
    const offer = more.offered ? [this.#offerLine(more.decisions)] : [];
    this.step(at, { ...more, messages: [message, ...offer] });
  }

  agentMessage(
    at: Date,
    text: string,
    { article, confidence }: { article?: string | undefined; confidence?: number },
  ) {
    const { id, name } = this.cast.agent;
    const source = article === undefined ? undefined : this.source(article);
    return {
      author: { kind: "agent" as const, id, name },
      text,
      ...(source && { sources: [source] }),
      ...(confidence !== undefined && {
        answer: { runId: newId(at.getTime()), confidence, outcome: "complete" as const },
      }),
    };
  }

  source(slug: string): Source {
    const article = this.cast.articles.get(slug);
    if (article === undefined) throw new Error(`The demo has no article ${slug}.`);
    return { number: 1, articleId: article.id, title: article.title, url: article.url };
  }

  /** A person is called: the conversation waits in the queue. */
  calls(
    at: Date,
    { reason, sentence }: Call,
    { decisions, words = [] }: { decisions: NewDecision[]; words?: NewMessage[] },
  ) {
    const open = isOpen(this.cast.schedule, at);
    const { timeZone } = this.cast.schedule;
    const shift = { open, backAt: open ? undefined : nextOpen(this.cast.schedule, at), timeZone };
    const reach = this.channel === "web" ? this.#addressKnown() : "platform";
    const wait = { position: 1, estimateMinutes: undefined, shift, staff: open ? 2 : 0, reach } as const;
    const said = words.map((each, n): MessageView => this.#view(each, this.head + 2 + n, at));
    const packet = handoverPacket([...this.heard, ...said], { reason, sentence });
    this.state = "WAITING_HUMAN";
    this.step(at, {
      change: { move: "escalate", state: "WAITING_HUMAN", waitingSince: at, reason, note: sentence },
      ...(this.language !== "en" && { attributes: { language: this.language } }),
      decisions,
      escalation: { reason, sentence, packet },
      messages: [...words, waitingLine(reason, undefined, wait)],
    });
  }

  /** An operator takes the conversation, out of the queue or from the agent. */
  isTakenBy(at: Date, operator: OperatorCard, { teamId }: { teamId?: string | undefined } = {}): void {
    const by = { kind: "operator" as const, id: operator.id, name: operator.name };
    const waited = this.state === "WAITING_HUMAN";
    this.operator = operator;
    this.state = "WITH_HUMAN";
    this.step(at, {
      change: {
        move: waited ? "accept" : "takeOver",
        state: "WITH_HUMAN",
        operatorId: operator.id,
        operatorName: operator.name,
        by,
        ...(waited ? {} : { reason: "manual" }),
      },
      by,
      ...(teamId !== undefined && { attributes: { teamId } }),
      ...(waited && { acceptedBy: operator.id }),
      messages: [joinedLine(operator.name)],
    });
  }

  /** Words of the operator who has it, to the customer or in a note; answers the message's id. */
  operatorSays(at: Date, text: string, audience: "all" | "operators" = "all"): string {
    const id = newId(at.getTime());
    this.step(at, { messages: [{ id, author: this.#author(), text, audience }] });
    return id;
  }

  /** The operator closes the conversation as solved, with what it was about. */
  isResolved(at: Date, tags: string[] = []): void {
    const by = this.operator && this.#author();
    this.state = "RESOLVED";
    if (by !== undefined && tags.length > 0) this.step(at, { attributes: { addTags: tags }, by });
    const change = { move: "resolve" as const, state: "RESOLVED" as const, closedAt: at, ...(by && { by }) };
    this.step(at, { change, messages: [resolvedLine()] });
  }

  /** The operator gives the conversation back to the agent. */
  isHandedBack(at: Date, note: string): void {
    const by = this.#author();
    const scope = { note, topics: [], by: { id: by.id, name: by.name }, at: at.toISOString() };
    this.state = "ACTIVE";
    this.operator = undefined;
    this.step(at, {
      change: { move: "handBack", state: "ACTIVE", note, by },
      by,
      attributes: { scope },
      messages: [
        systemLine("You are talking to the assistant again. A person is one click away.", {
          kind: "handed_back",
          name: by.name,
        }),
        { author: by, text: note, audience: "operators" },
      ],
    });
  }

  /** The customer has left. */
  isAbandoned(at: Date): void {
    this.state = "ABANDONED";
    this.step(at, {
      change: { move: "abandon", state: "ABANDONED", closedAt: at },
      messages: [abandonedLine()],
    });
  }

  /** Anything else that is written into the log. */
  step(now: Date, command: Omit<Append, "now">): void {
    const { change, attributes, messages = [] } = command;
    const before = (change === undefined ? 0 : 1) + (attributes === undefined ? 0 : 1);
    this.heard.push(...messages.map((each, n) => this.#view(each, this.head + before + n + 1, now)));
    this.head += before + messages.length;
    this.steps.push({ now, ...command });
  }

  #author() {
    const { operator } = this;
    if (operator === undefined) throw new Error("Nobody has this conversation.");
    return { kind: "operator" as const, id: operator.id, name: operator.name };
  }

  #addressKnown() {
    return this.contact.email === undefined ? "unknown" : "email";
  }

  #offerLine(decisions: NewDecision[] = []): NewMessage {
    const reason = decisions.at(-1)?.reason;
    return systemLine("Would you like to talk to a person?", { kind: "offer", ...(reason && { reason }) });
  }

  #view(
    { id = this.id, author, text, audience = "all", sources }: NewMessage,
    seq: number,
    at: Date,
  ): MessageView {
    return { id, conversationId: this.id, seq, author, text, audience, sources, createdAt: at.toISOString() };
  }
}
