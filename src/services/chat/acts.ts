import type { StateView } from "#contracts/conversation";
import type { Signals } from "#contracts/escalation";
import { isAppError } from "#lib/errors";
import { languageOf } from "#lib/language";
import { append, findConversation, markRead, publishFleeting, stateView } from "#services/conversations";
import { detect } from "#services/escalation";
import { cancelWaiting, initiateEscalation, queuePlace } from "#services/handover";
import { configuredModel } from "./configured-model.ts";
import type { Customer } from "./customer.ts";
import { offeringRule, placing, ruleOf } from "./placing.ts";
import { chatRunner } from "./runner.ts";
import { type Basis, basisNow, versionsOf } from "./turn-basis.ts";

/** Tells the other side that the customer is writing, or has stopped. */
export function customerTyping(customer: Customer, typing: boolean): void {
  publishFleeting(customer, {
    type: "typing",
    conversationId: customer.conversationId,
    author: "customer",
    authorId: customer.contactId,
    typing,
  });
}

/** Moves the customer's read mark. */
export async function customerRead(customer: Customer, seq: number): Promise<void> {
  await markRead(customer, customer.conversationId, "customer", seq);
}

/** Brings the customer to a person because they asked for one with the button; asking twice changes nothing. */
export async function customerEscalates(customer: Customer, reason: string | undefined): Promise<StateView> {
  const { conversation: before } = customer;
  const [basis, offering] = await Promise.all([basisNow(before), offeringRule(before)]);
  const { ruleSet } = basis;
  const text = [basis.question, reason ?? ""].join("\n\n").trim();
  const pressed = await pressedSignals(basis, text);
  const { trace, ruleId } = detect(ruleSet.rules, { text, signals: pressed });
  const asked = "The customer asked for a person with the button.";
  const sentence = reason === undefined ? asked : `${asked} “${reason}”`;
  try {
    const conversation = await initiateEscalation(customer, customer.conversationId, {
      reason: "explicit_request",
      sentence,
      // Whatever was offered for knows best what it is about.
      attributes: await placing(before, [offering, ruleOf(ruleSet, ruleId)], pressed.language),
      decisions: [
        {
          phase: "before_answer",
          outcome: "escalate",
          reason: "explicit_request",
          sentence,
          trace,
          signals: pressed,
          versions: versionsOf(basis, configuredModel()),
        },
      ],
    });
    return { ...stateView(conversation), ...(await queuePlace(conversation)) };
  } catch (error) {
    if (!isAppError(error) || error.code !== "conflict") throw error;
    const conversation = await findConversation(customer, customer.conversationId);
    if (conversation.state !== "WAITING_HUMAN" && conversation.state !== "WITH_HUMAN") throw error;
    return { ...stateView(conversation), ...(await queuePlace(conversation)) };
  }
}

/** What a press of the button measures: as on any turn, but that a press says little of a language and more was written before. */
async function pressedSignals({ conversation, earlier, signals }: Basis, text: string): Promise<Signals> {
  const words = [...earlier.customerTexts.slice(-5), text].join("\n");
  return {
    ...signals,
    language: conversation.language ?? (await languageOf(words)) ?? signals.language,
    alreadyOffered: conversation.offered,
    manual: { by: "customer" },
  };
}

/** Brings the customer, who would rather not wait any longer, back to the assistant. Throws `conflict` once a person is there. */
export async function customerCancels({ companyId, conversationId }: Customer): Promise<StateView> {
  const { conversation, runId } = await cancelWaiting({ companyId }, conversationId);
  if (runId !== undefined) chatRunner()?.kick({ companyId, runId });
  return stateView(conversation);
}

/** Takes back the offer of a person, because the customer would rather go on with the assistant. */
export async function declineOffer(customer: Customer): Promise<void> {
  if (!customer.conversation.offered) return;
  await append(customer.conversation, { now: new Date(), offered: false });
}

/** Stops the answer that is being written; what was written so far stays. */
export async function stopAnswer(customer: Customer): Promise<void> {
  await chatRunner()?.stopRun({ companyId: customer.companyId, conversationId: customer.conversationId });
}
