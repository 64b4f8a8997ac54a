import type { MessageView } from "#contracts/conversation";
import type { RuleSet, Signals, Verdict } from "#contracts/escalation";
import type { PassageHit } from "#contracts/knowledge";
import type { RunRecord } from "#lib/sweeps";
import { type HandedBack, type ModelClient, smallTalkOf } from "#services/ai";
import {
  type ConversationRecord,
  findConversation,
  messagesBefore,
  type NewDecision,
} from "#services/conversations";
import { currentRules, detect, type History, readSignals } from "#services/escalation";
import { officeHoursAt } from "#services/handover";
import { knowledgeVersion, retrieve, retrieveAhead } from "#services/knowledge";
import { earlierSignals } from "./earlier-signals.ts";
import { handedBackOf, settledVerdict } from "./handed-back.ts";
import { type SinceHandBack, sinceHandBack, sinceHandBackIn } from "./since-hand-back.ts";
import { factsOfTurn, type Surroundings } from "./turn-facts.ts";
import { type Agent, whoSpeaks } from "./who-speaks.ts";

/** All that a turn is decided and answered on, with what the detector says before the answer. */
export type Basis = {
  conversation: ConversationRecord;
  agent: Agent;
  ruleSet: RuleSet;
  /** What the company's articles stood at. */
  knowledge: string;
  question: string;
  history: { author: "customer" | "agent" | "operator"; text: string }[];
  /** What was said and measured before the question. */
  earlier: History;
  /** How many messages were written since the newest hand-back. */
  written: number;
  signals: Signals;
  verdict: Verdict;
  /** What a person did before they handed the conversation back. */
  handedBack: HandedBack | undefined;
  /** The customer has said nothing since: what was said before calls for nobody any more. */
  settled: boolean;
  search(query: string, limit: number): Promise<PassageHit[]>;
};

type Place = { companyId: string; conversationId: string; agentId: string };

/** Reads the basis of a turn. */
export async function basisOf(run: RunRecord, now = new Date()): Promise<Basis> {
  const place = { companyId: run.company_id, conversationId: run.conversation_id, agentId: run.agent_id };
  const [conversation, readings] = await Promise.all([
    findConversation(place, run.conversation_id),
    // To the very end: a hand-back after the customer's words settles what they call for.
    readTurn(place, undefined, now),
  ]);
  return judged(conversation, readings);
}

/** Reads what a turn would be decided on now, without a run: for a customer who presses the button. */
export async function basisNow(conversation: ConversationRecord, now = new Date()): Promise<Basis> {
  const { companyId, id: conversationId, agentId } = conversation;
  return judged(conversation, await readTurn({ companyId, conversationId, agentId }, undefined, now));
}

/** What was in force on a turn, as the ledger keeps it. */
export function versionsOf(
  { ruleSet, agent, knowledge }: Pick<Basis, "ruleSet" | "agent" | "knowledge">,
  model: ModelClient | undefined,
): NewDecision["versions"] {
  return { rules: ruleSet.version, agent: agent.version, model: model?.name ?? "keyless", knowledge };
}

/** A basis that was begun while the words it is about were still being stored. */
export type Ahead = { head: number; epoch: number; basis: Promise<Basis | undefined> };

/** Begins the basis of a turn before its words are stored: it holds if they come right after what was read. */
export function basisAhead(conversation: ConversationRecord, text: string, now: Date): Ahead {
  const { companyId, id, agentId, contactId, head, epoch, scope } = conversation;
  const words: MessageView = {
    id,
    conversationId: id,
    seq: head + 1,
    author: { kind: "customer", id: contactId },
    text,
    audience: "all",
    createdAt: now.toISOString(),
  };
  // After an answer the words are the question by themselves: it is looked up while the rest is read.
  const isQuestion = conversation.lastAuthor !== "customer" && smallTalkOf(text) === undefined;
  const looked = isQuestion ? { query: text, found: lookAhead({ companyId }, text) } : undefined;
  const whole = head > pageOfLog ? undefined : { scoped: scope !== undefined };
  const basis = readTurn({ companyId, conversationId: id, agentId }, head + 1, now, { looked, whole })
    .then(async (readings) => {
      const { messages, since } = readings;
      const ready = await judged(conversation, {
        ...readings,
        messages: [...messages, words],
        since: { ...since, messages: since.messages + 1 },
      });
      if (ready.verdict.outcome !== "escalate" && smallTalkOf(ready.question) === undefined) {
        ready.search(ready.question, passagesWanted).catch(() => undefined);
      }
      return ready;
    })
    // Whoever answers reads it again, and tells what is wrong.
    .catch(() => undefined);
  return { head, epoch, basis };
}

/** How much of the log a turn is decided on, but for what `sinceHandBack` tells. */
const pageOfLog = 50;
/** How many passages an answer is given. */
const passagesWanted = 6;

type Readings = {
  /** The newest of the log. */
  messages: MessageView[];
  since: SinceHandBack;
  agent: Agent;
  ruleSet: RuleSet;
  earlier: Awaited<ReturnType<typeof earlierSignals>>;
  knowledge: string;
  surroundings: Surroundings;
  search: Basis["search"];
};

/** A question that was looked up before the turn was read. */
type Looked = { query: string; found: ReturnType<typeof retrieveAhead> };

function lookAhead(who: { companyId: string }, query: string): Looked["found"] {
  // What fails here is looked up again.
  return retrieveAhead(who, { query, limit: passagesWanted }).catch(() => undefined);
}

async function readTurn(
  place: Place,
  before: number | undefined,
  now: Date,
  { looked, whole }: { looked?: Looked | undefined; whole?: { scoped: boolean } | undefined } = {},
): Promise<Readings> {
  const page = { before, limit: pageOfLog, audience: "all" } as const;
  const [{ messages }, asked, { agent, customer }, ruleSet, earlier, knowledge, officeHours] =
    await Promise.all([
      messagesBefore(place, place.conversationId, page),
      // A log that lies on one page tells it by itself.
      whole ? undefined : sinceHandBack(place, place.conversationId, before),
      whoSpeaks(place),
      currentRules(place.companyId),
      earlierSignals(place, place.conversationId),
      knowledgeVersion(place),
      officeHoursAt(place.companyId, now),
    ]);
  const search = searchOnce(place, agent.language, looked);
  const since = asked ?? sinceHandBackIn(messages, { scoped: whole?.scoped === true });
  const surroundings = { officeHours, ...customer };
  return { messages, since, agent, ruleSet, earlier, knowledge, surroundings, search };
}

/** Searches the company's articles; the same question is looked up once a turn. */
function searchOnce(place: Place, language: string, looked: Looked | undefined): Basis["search"] {
  const asked = new Map<string, Promise<PassageHit[]>>();
  async function find(query: string, limit: number): Promise<PassageHit[]> {
    const early = query === looked?.query && limit === passagesWanted ? await looked.found : undefined;
    return early?.language === language ? early.hits : retrieve(place, { query, language, limit });
  }
  return (query, limit) => {
    const key = `${limit} ${query}`;
    const found = asked.get(key) ?? find(query, limit);
    asked.set(key, found);
    return found;
  };
}

async function judged(
  conversation: ConversationRecord,
  {
    messages,
    since: { handBack, ...since },
    agent,
    ruleSet,
    earlier,
    knowledge,
    surroundings,
    search,
  }: Readings,
): Promise<Basis> {
  const { question, history, customerTexts, answered } = splitTurn(messages, handBack);
  const settled = handBack > (messages.findLast(({ author }) => author.kind === "customer")?.seq ?? 0);
  const facts = await factsOfTurn(conversation, surroundings, { question, since: answered });
  const before: History = {
    customerTexts,
    // The newest is the turn's own.
    messages: Math.max(0, since.messages - 1),
    ...earlier.since(handBack),
    alreadyOffered: earlier.offered,
  };
  const signals = readSignals(question, before, { ...facts, ...(settled && { handBack: "settled" }) });
  const found = detect(ruleSet.rules, { text: question, signals });
  return {
    conversation,
    agent,
    ruleSet,
    knowledge,
    question,
    history,
    earlier: before,
    written: since.messages,
    signals,
    verdict: settled ? settledVerdict(found) : found,
    handedBack: handedBackOf(conversation, since),
    settled,
    search,
  };
}

/**
 * The customer's words since the last answer are the question; a burst counts as one. What brought a person in, and all
 * that was said before one handed back, is settled as soon as the customer writes on after it: it must not bring one in
 * again, so nothing of it is counted.
 */
function splitTurn(messages: MessageView[], handBack: number) {
  const said = messages.filter((message) => message.author.kind !== "system");
  const escalated = messages.findLast(({ notice }) => notice?.kind === "escalated")?.seq ?? 0;
  const settled = Math.max(escalated, handBack);
  // What was said on the phone was answered there: it is known, and asks for nothing in writing.
  const written = said.filter((message) => message.data?.kind !== "spoken");
  const answered = written.findLast((message) => message.author.kind !== "customer")?.seq ?? 0;
  const writesOn = (written.at(-1)?.seq ?? 0) > settled;
  const since = writesOn ? Math.max(answered, settled) : answered;
  const question = written
    .filter(({ seq }) => seq > since)
    .map((message) => message.text)
    .join("\n\n");
  const before = said.filter((message) => message.seq <= since || !written.includes(message));
  const history = before.map((message) => ({
    author: message.author.kind as "customer" | "agent" | "operator",
    text: message.text,
  }));
  const counted = written.filter(({ seq }) => seq > handBack && seq <= since);
  const customerTexts = counted.flatMap(({ author, text }) => (author.kind === "customer" ? [text] : []));
  return { question, history, customerTexts, answered: since };
}
