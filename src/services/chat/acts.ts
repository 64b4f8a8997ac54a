import type { StateView } from "#contracts/conversation";
import { isAppError } from "#lib/errors";
import { append, findConversation, markRead, publishFleeting, stateView } from "#services/conversations";
import { currentRules, detect, readSignals } from "#services/escalation";
import { cancelWaiting, initiateEscalation, queuePlace } from "#services/handover";
import type { Customer } from "./customer.ts";
import { offeringRule, placing } from "./placing.ts";
import { chatRunner } from "./runner.ts";

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
  const rules = await currentRules(customer.companyId);
  const signals = readSignals(reason ?? "", {
    customerTexts: [],
    messages: 0,
    sentiments: [],
    confidences: [],
    alreadyOffered: customer.conversation.offered,
  });
  const pressed = { ...signals, manual: { by: "customer" as const } };
  const { trace } = detect(rules.rules, { text: reason ?? "", signals: pressed });
  const asked = "The customer asked for a person with the button.";
  const sentence = reason === undefined ? asked : `${asked} “${reason}”`;
  try {
    const conversation = await initiateEscalation(customer, customer.conversationId, {
      reason: "explicit_request",
      sentence,
      attributes: await placing(customer.conversation, await offeringRule(customer.conversation), undefined),
      decisions: [
        {
          phase: "before_answer",
          outcome: "escalate",
          reason: "explicit_request",
          sentence,
          trace,
          signals: pressed,
          versions: { rules: rules.version },
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
