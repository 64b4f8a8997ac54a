import type { RuleSet, Signals } from "#contracts/escalation";
import { languageOf } from "#lib/language";
import {
  type ConversationRecord,
  findConversation,
  type NewDecision,
  type Reader,
} from "#services/conversations";
import { readSignals, type TurnFacts } from "#services/escalation";
import { configuredModel } from "./configured-model.ts";
import { basisNow, versionsOf } from "./turn-basis.ts";

/** A call that is listened to: the rules it is held against, and what its turns measure. */
export type Hearing = {
  conversation: ConversationRecord;
  ruleSet: RuleSet;
  versions: NewDecision["versions"];
  /** Measures the customer's next words on all that was written and spoken before them. */
  hear(text: string): Signals;
  /** Counts words of the voice agent. */
  pass(): void;
};

/** Begins to listen to a call's words, of which all that the customer said is given, on what is known of their conversation. */
export async function hearCall(
  who: Reader,
  conversationId: string,
  words: string,
  now: Date,
): Promise<Hearing> {
  const conversation = await findConversation(who, conversationId);
  const basis = await basisNow(conversation, now);
  const { ruleSet, earlier, signals } = basis;
  const language = conversation.language ?? (await languageOf(words)) ?? signals.language;
  const { channel, topic, officeHours, attributes } = signals;
  const facts: TurnFacts = { since: conversation.head, channel, topic, language, officeHours, attributes };
  const customerTexts = [...earlier.customerTexts];
  const sentiments = [...earlier.sentiments];
  let messages = basis.written;
  return {
    conversation,
    ruleSet,
    versions: versionsOf(basis, configuredModel()),
    hear(text) {
      // What was offered in writing is no answer to whoever speaks.
      const history = { ...earlier, customerTexts, sentiments, messages, alreadyOffered: false };
      const heard = readSignals(text, history, facts);
      customerTexts.push(text);
      if (heard.sentiment !== undefined) sentiments.push(heard.sentiment);
      messages += 1;
      return heard;
    },
    pass() {
      messages += 1;
    },
  };
}
