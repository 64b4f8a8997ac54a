import { toldName } from "#contracts/canned-words";
import type { VoiceVariables } from "#contracts/telephony";
import type { PhoneMemory, Remembered } from "./memory.ts";
import type { Holder } from "./phone-holder.ts";

/** Who speaks with whom, about what. */
export type Occasion = {
  companyId: string;
  /** Undefined where the caller withholds it. */
  number: string | undefined;
  /** A person who has the conversation: the voice agent must not decide anything now. */
  holder?: Holder | undefined;
  /** What a call to the customer is for. */
  context?: string | undefined;
};

/** A prompt has to stay short: the newest words are the ones that count. */
const longestContext = 6_000;
const longestTurn = 400;
const longestSummary = 2_000;

/** What a voice agent is told before it says a word; each variable has a value that can be read aloud, whoever calls. */
export function voiceVariables(memory: PhoneMemory, occasion: Occasion): VoiceVariables {
  const { companyName, lead, summary, total, messages } = memory;
  const { companyId, number } = occasion;
  return {
    conversation_context: contextOf(messages, occasion),
    customer_name: toldName(lead?.customerName ?? "") || "the customer",
    organization_name: companyName,
    lead_status: lead?.status ?? "new",
    previous_summary: summary?.slice(0, longestSummary) ?? "There was no conversation before.",
    organization_id: companyId,
    caller_type: callerType(number, total),
    has_conversation_history: total > 0,
    total_messages: total,
  };
}

/** The same where nothing is known, or could be read in time. */
export function safeVariables(occasion: Occasion): VoiceVariables {
  const memory = { companyName: "our company", lead: undefined, summary: undefined, total: 0, messages: [] };
  return voiceVariables(memory, occasion);
}

function callerType(number: string | undefined, total: number): VoiceVariables["caller_type"] {
  if (number === undefined) return "anonymous";
  return total > 0 ? "known" : "new";
}

function contextOf(messages: Remembered[], { holder, context }: Occasion): string {
  const head = [
    context === undefined ? [] : `This call is about: ${context}`,
    holder === undefined
      ? []
      : `${holder.name}, a person of the company, is taking care of this customer now: say so, promise nothing, and take down what they want to add.`,
  ].flat();
  const said = newest(messages.map(lineOf), longestContext - head.join("\n").length);
  const history =
    said.length === 0 ? ["Nothing was said before."] : ["What was said before, the newest last:", ...said];
  return [...head, ...history].join("\n");
}

const speakers: Record<Remembered["author"], string> = {
  customer: "Customer",
  agent: "Assistant",
  operator: "Person of the company",
};

function lineOf({ author, text, at, spoken }: Remembered): string {
  const words = text.replace(/\s+/g, " ").slice(0, longestTurn).toWellFormed();
  return `${at.slice(0, 10)}, ${spoken ? "on the phone" : "SMS"}, ${speakers[author]}: ${words}`;
}

function newest(lines: string[], room: number): string[] {
  let left = room;
  const from = lines.findLastIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return lines.slice(from + 1);
}
