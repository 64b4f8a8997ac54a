import type { MessageView } from "#contracts/conversation";
import type { EscalationRule, Signals, Verdict } from "#contracts/escalation";
import type { PassageHit } from "#contracts/knowledge";
import { read } from "#lib/db";
import type { RunRecord } from "#lib/sweeps";
import { smallTalkOf } from "#services/ai";
import { type ConversationRecord, findConversation, messagesBefore } from "#services/conversations";
import { currentRules, detect, readSignals } from "#services/escalation";
import { retrieve, warmCorpus } from "#services/knowledge";
import { earlierSignals } from "./earlier-signals.ts";

export type Agent = {
  name: string;
  instructions: string;
  language: string;
  version: number;
  allowed_origins: string[];
  company: string;
};

/** All that a turn is decided and answered on, with what the detector says before the answer. */
export type Basis = {
  conversation: ConversationRecord;
  agent: Agent;
  rules: EscalationRule[];
  rulesVersion: number;
  question: string;
  history: { author: "customer" | "agent" | "operator"; text: string }[];
  signals: Signals;
  verdict: Verdict;
  search(query: string, limit: number): Promise<PassageHit[]>;
};

type Place = { companyId: string; conversationId: string; agentId: string };

/** Reads the basis of a turn. */
export async function basisOf(run: RunRecord): Promise<Basis> {
  const place = { companyId: run.company_id, conversationId: run.conversation_id, agentId: run.agent_id };
  const [conversation, readings] = await Promise.all([
    findConversation(place, run.conversation_id),
    readTurn(place, run.customer_seq + 1),
  ]);
  return judged(conversation, readings, readings.messages);
}

/** A basis that was begun while the words it is about were still being stored. */
export type Ahead = { head: number; epoch: number; basis: Promise<Basis | undefined> };

/** Begins the basis of a turn before its words are stored: it holds if they come right after what was read. */
export function basisAhead(conversation: ConversationRecord, text: string, now: Date): Ahead {
  const { companyId, id, agentId, contactId, head, epoch } = conversation;
  const words: MessageView = {
    id,
    conversationId: id,
    seq: head + 1,
    author: { kind: "customer", id: contactId },
    text,
    audience: "all",
    createdAt: now.toISOString(),
  };
  const basis = readTurn({ companyId, conversationId: id, agentId }, head + 1)
    .then((readings) => {
      const ready = judged(conversation, readings, [...readings.messages, words]);
      if (ready.verdict.outcome !== "escalate" && smallTalkOf(ready.question) === undefined) {
        ready.search(ready.question, passagesWanted).catch(() => undefined);
      }
      return ready;
    })
    // Whoever answers reads it again, and tells what is wrong.
    .catch(() => undefined);
  return { head, epoch, basis };
}

/** How many passages an answer is given. */
const passagesWanted = 6;

type Readings = {
  messages: MessageView[];
  agent: Agent;
  ruleSet: Awaited<ReturnType<typeof currentRules>>;
  earlier: Awaited<ReturnType<typeof earlierSignals>>;
  search: Basis["search"];
};

async function readTurn(place: Place, before: number): Promise<Readings> {
  const [{ messages }, agent, ruleSet, earlier] = await Promise.all([
    messagesBefore(place, place.conversationId, { before, limit: 50, audience: "all" }),
    findAgent(place),
    currentRules(place.companyId),
    earlierSignals(place, place.conversationId),
    warmCorpus(place),
  ]);
  return { messages, agent, ruleSet, earlier, search: searchOnce(place, agent.language) };
}

/** Searches the company's articles; the same question is looked up once a turn. */
function searchOnce(place: Place, language: string): Basis["search"] {
  const asked = new Map<string, Promise<PassageHit[]>>();
  return (query, limit) => {
    const key = `${limit} ${query}`;
    const found = asked.get(key) ?? retrieve(place, { query, language, limit });
    asked.set(key, found);
    return found;
  };
}

function judged(
  conversation: ConversationRecord,
  { agent, ruleSet, earlier, search }: Readings,
  messages: MessageView[],
): Basis {
  const { question, history, spoken } = splitTurn(messages);
  const signals = readSignals(question, {
    customerTexts: history.flatMap(({ author, text }) => (author === "customer" ? [text] : [])),
    messages: spoken - 1,
    alreadyOffered: earlier.offered,
    sentiments: earlier.sentiments,
    confidences: earlier.confidences,
  });
  const { rules, version } = ruleSet;
  const verdict = detect(rules, { text: question, signals });
  return { conversation, agent, rules, rulesVersion: version, question, history, signals, verdict, search };
}

/**
 * The customer's words since the last answer are the question; a burst counts as one. What brought a person in is
 * settled as soon as the customer writes on after it: it must not bring one in again.
 */
function splitTurn(messages: MessageView[]) {
  const spoken = messages.filter((message) => message.author.kind !== "system");
  const settled = messages.findLast(({ notice }) => notice?.kind === "escalated")?.seq ?? 0;
  const answered = spoken.findLast((message) => message.author.kind !== "customer")?.seq ?? 0;
  const writesOn = (spoken.at(-1)?.seq ?? 0) > settled;
  const since = writesOn ? Math.max(answered, settled) : answered;
  const question = spoken
    .filter(({ seq }) => seq > since)
    .map((message) => message.text)
    .join("\n\n");
  const history = spoken
    .filter(({ seq }) => seq <= since)
    .map((message) => ({
      author: message.author.kind as "customer" | "agent" | "operator",
      text: message.text,
    }));
  return { question, history, spoken: spoken.length };
}

/** The agent that answers, with its company's name. Throws where it is gone. */
export async function findAgent({ companyId, agentId }: Omit<Place, "conversationId">): Promise<Agent> {
  const [agent] = await read<Agent>(
    companyId,
    `SELECT a.name, a.instructions, a.language, a.version, a.allowed_origins, c.name AS company
     FROM agent a JOIN company c ON c.id = a.company_id WHERE a.company_id = $1 AND a.id = $2`,
    [companyId, agentId],
    { name: "turn_agent" },
  );
  if (agent === undefined) throw new Error("The run's agent is gone.");
  return agent;
}
