import { readFile } from "node:fs/promises";
import { z } from "zod";
import { EscalationReason, type MessageView, type Source } from "#contracts/conversation";
import { env } from "#lib/env";
import type { OperatorCard } from "#services/accounts";
import {
  append,
  createContact,
  createConversation,
  findConversation,
  messagesBefore,
  type NewDecision,
} from "#services/conversations";
import { defaultRules, detect, readSignals } from "#services/escalation";
import { handoverPacket, systemLine } from "#services/handover";
import { getArticle } from "#services/knowledge";

const Line = z.tuple([z.enum(["customer", "agent", "operator"]), z.string()]).rest(z.string());
const Story = z.object({
  customer: z.string(),
  email: z.string().optional(),
  minutesAgo: z.number(),
  end: z.enum(["waiting", "with_human", "ai", "resolved"]),
  reason: EscalationReason.optional(),
  sentence: z.string().optional(),
  lines: z.array(Line),
});
type Story = z.infer<typeof Story>;

type Demo = { companyId: string; agentId: string; operator: OperatorCard };

/** Writes the demo's past conversations into the log, as they would have come about. */
export async function tellDemoStories(demo: Demo, path: string, now = new Date()): Promise<void> {
  const stories = z.array(Story).parse(JSON.parse(await readFile(path, "utf8")));
  for (const story of stories) await tell(demo, story, now);
}

async function tell({ companyId, agentId, operator }: Demo, story: Story, now: Date): Promise<void> {
  const who = { companyId };
  const began = now.getTime() - story.minutesAgo * 60_000;
  const contactId = await createContact(companyId, {
    name: story.customer,
    email: story.email,
    locale: "en",
  });
  const id = await createConversation(companyId, { agentId, contactId });
  const at = (step: number) => new Date(Math.min(now.getTime(), began + step * 40_000));
  let step = 0;
  const stand = () => findConversation(who, id);
  for (const [author, text, slug] of story.lines) {
    if (author === "operator") await handTo(operator, await stand(), at(step));
    const conversation = await stand();
    const source = slug === undefined ? undefined : await sourceOf(companyId, slug);
    await append(conversation, {
      now: at(step++),
      messages: [
        {
          author: authorOf(author, {
            operator,
            contactId,
            agentId,
            name: story.customer,
            agent: conversation.agentName,
          }),
          text,
          sources: source === undefined ? undefined : [source],
        },
      ],
    });
  }
  if (story.end === "waiting") await escalate(await stand(), story, at(step));
  if (story.end === "resolved") {
    await append(await stand(), {
      now: at(step),
      change: { move: "resolve", state: "RESOLVED", closedAt: at(step) },
      messages: [systemLine("This conversation was marked as solved.", { kind: "resolved" })],
    });
  }
}

type Conversation = Awaited<ReturnType<typeof findConversation>>;

async function handTo(operator: OperatorCard, conversation: Conversation, now: Date): Promise<void> {
  if (conversation.state !== "ACTIVE") return;
  await append(conversation, {
    now,
    change: {
      move: "takeOver",
      state: "WITH_HUMAN",
      operatorId: operator.id,
      operatorName: operator.name,
      reason: "manual",
    },
    messages: [
      systemLine(`${operator.name} has joined the conversation.`, { kind: "joined", name: operator.name }),
    ],
  });
}

async function escalate(conversation: Conversation, story: Story, now: Date): Promise<void> {
  const { messages } = await messagesBefore(conversation, conversation.id, { limit: 50, audience: "all" });
  const reason = story.reason ?? "explicit_request";
  const sentence = story.sentence ?? "The customer asked for a person.";
  await append(conversation, {
    now,
    change: { move: "escalate", state: "WAITING_HUMAN", waitingSince: now, reason },
    decisions: [decisionOn(messages, reason, sentence)],
    escalation: { reason, sentence, packet: handoverPacket(messages, { reason, sentence }) },
    messages: [
      systemLine(
        "Connecting you to a support agent, please wait. You can go on writing: they will see everything.",
        {
          kind: "escalated",
          reason,
        },
      ),
    ],
  });
}

/** The line that the ledger would hold of the turn that escalated. */
function decisionOn(messages: MessageView[], reason: EscalationReason, sentence: string): NewDecision {
  const said = messages.filter(({ author }) => author.kind === "customer").map(({ text }) => text);
  const text = said.at(-1) ?? "";
  const signals = readSignals(text, {
    customerTexts: said.slice(0, -1),
    messages: messages.length - 1,
    sentiments: [],
    confidences: [],
    alreadyOffered: true,
  });
  const { rules, version } = defaultRules();
  const { trace } = detect(rules, { text, signals });
  return {
    phase: "before_answer",
    outcome: "escalate",
    reason,
    sentence,
    trace,
    signals,
    versions: { rules: version },
  };
}

async function sourceOf(companyId: string, slug: string): Promise<Source> {
  const article = await getArticle({ companyId }, slug);
  const url = `${env.PUBLIC_BASE_URL}/help/${companyId}/${slug}`;
  return { number: 1, articleId: article.id, title: article.title, url };
}

function authorOf(
  kind: "customer" | "agent" | "operator",
  names: { operator: OperatorCard; contactId: string; agentId: string; name: string; agent: string },
) {
  if (kind === "customer") return { kind, id: names.contactId, name: names.name };
  if (kind === "agent") return { kind, id: names.agentId, name: names.agent };
  return { kind, id: names.operator.id, name: names.operator.name };
}
