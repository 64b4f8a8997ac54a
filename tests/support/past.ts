import type { Signals } from "#contracts/escalation";
import { append, createContact, createConversation, findConversation } from "#services/conversations";
import { currentRules, detect, readSignals } from "#services/escalation";

export type PastTurn = { text: string; confidence?: number };

/** Makes a conversation that took place: each turn with what the ledger keeps of it under the company's rules of now. */
export async function aPastConversation(
  { companyId, agentId }: { companyId: string; agentId: string },
  turns: PastTurn[],
  { start = new Date("2026-01-05T09:00:00Z"), name = "Kim" } = {},
): Promise<string> {
  const contactId = await createContact(companyId, { name });
  const id = await createConversation(companyId, { agentId, contactId });
  const { rules, version } = await currentRules(companyId);
  const history = { customerTexts: [] as string[], sentiments: [] as number[], confidences: [] as number[] };
  let offered = false;
  for (const [index, { text, confidence }] of turns.entries()) {
    const conversation = await findConversation({ companyId }, id);
    const facts = { since: conversation.head, channel: "web", topic: "General" } as const;
    const before = readSignals(text, { ...history, messages: index * 2, alreadyOffered: offered }, facts);
    const after: Signals = {
      ...before,
      confidence,
      agentTool: { called: false },
      aiFailure: { failed: false },
    };
    const verdicts = [
      { phase: "before_answer" as const, signals: before },
      ...(confidence === undefined ? [] : [{ phase: "after_answer" as const, signals: after }]),
    ].map((each) => ({ ...each, ...detect(rules, { text, signals: each.signals }) }));
    await append(conversation, {
      now: new Date(start.getTime() + index * 60_000),
      messages: [{ author: { kind: "customer", id: contactId, name }, text }],
      decisions: verdicts.map(({ phase, signals, outcome, reason, sentence, trace }) => {
        return { phase, signals, outcome, reason, sentence, trace, versions: { rules: version } };
      }),
    });
    const last = verdicts.at(-1);
    offered ||= last?.outcome === "offer";
    history.customerTexts.push(text);
    history.sentiments.push(before.sentiment ?? 0);
    if (confidence !== undefined) history.confidences.push(confidence);
    if (last?.outcome === "escalate") break;
  }
  return id;
}
