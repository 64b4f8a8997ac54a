import type { MessageView, StateView } from "#contracts/conversation";
import type { ConversationDetail, DecisionView } from "#contracts/operator";
import { idOf } from "./inbox-ids.ts";

const source = (number: number, title: string, section: string) => ({
  number,
  articleId: idOf(8_000 + number),
  title,
  section,
  url: `https://help.example/${number}`,
  quote:
    "If the carrier marks a parcel as delivered and you cannot find it, wait until the end of the next working day, then write to us.",
});

/** What was said in a conversation, by everyone. */
export function history(
  id: string,
  index: number,
  name: string,
  at: (m: number) => string,
  age: number,
  state: StateView,
): MessageView[] {
  const customer = { kind: "customer" as const, name };
  const agent = { kind: "agent" as const, name: "Nori" };
  const base = { conversationId: id, audience: "all" as const };
  const rtl = index === 3 || index === 8;
  const lines: Omit<MessageView, "id" | "seq" | "conversationId" | "audience">[] = [
    {
      author: customer,
      text: rtl ? "שלום, איפה ההזמנה שלי? כתוב שנמסרה אבל לא קיבלתי כלום." : "Hi! Where is my order A-20418?",
      createdAt: at(age + 60 * 26),
    },
    {
      author: agent,
      text: "Order **A-20418** left our warehouse on Monday and is with the carrier. You can follow it on your orders page:\n\n1. Open *Orders*\n2. Choose A-20418\n3. Press **Track**\n\nStandard delivery takes 2 to 4 working days.",
      createdAt: at(age + 60 * 26 - 0.3),
      sources: [
        source(1, "Delivery times", "Standard delivery"),
        source(2, "Following your order", "Track a parcel"),
      ],
      answer: { runId: idOf(7_000), confidence: 0.86, outcome: "complete" },
    },
    { author: customer, text: "It says delivered. It is not here.", createdAt: at(age + 4) },
    {
      author: customer,
      text: "And nobody at my building has it, I asked *everyone*.",
      createdAt: at(age + 3.6),
    },
    {
      author: agent,
      text: "I am sorry about that. When a parcel is marked as delivered but cannot be found, please wait until the end of the next working day; carriers sometimes scan too early.",
      createdAt: at(age + 3.2),
      sources: [source(1, "Lost parcels", "Marked as delivered")],
      answer: { runId: idOf(7_001), confidence: 0.44, outcome: "complete" },
    },
    {
      author: customer,
      text: "I have waited two days already. I would rather talk to a person please.",
      createdAt: at(age + 1.5),
    },
  ];
  if (state.state !== "ACTIVE")
    lines.push({
      author: { kind: "system" },
      text: `${name} asked for a person. You are number ${index + 1} in the queue.`,
      notice: { kind: "escalated" },
      createdAt: at(age + 1.4),
    });
  if (state.state === "WITH_HUMAN") {
    const author = { kind: "operator" as const, id: state.operator?.id, name: state.operator?.name };
    lines.push({
      author: { kind: "system" },
      text: `${state.operator?.name} joined the conversation.`,
      notice: { kind: "joined", name: state.operator?.name },
      createdAt: at(age + 1),
    });
    lines.push({
      author,
      text: "Hello, I am looking at the carrier's notes right now.",
      createdAt: at(age + 0.8),
    });
    lines.push({
      author,
      text: "They left it with the concierge next door, at no. 14. Could you check there? The driver's photo shows this door:",
      createdAt: at(age + 0.6),
    });
  }
  const messages = lines.map(
    (line, place): MessageView => ({
      ...base,
      ...line,
      id: idOf(100_000 + index * 100 + place),
      seq: place + 1,
    }),
  );
  if (state.state !== "WITH_HUMAN") return messages;
  const note = {
    ...base,
    audience: "operators" as const,
    author: { kind: "operator" as const, id: "op-anna", name: "Anna Okafor" },
    text: "Carrier case **#88123** is open. If it is not at no. 14 we refund at once.",
    createdAt: at(age + 0.4),
  };
  return [...messages, { ...note, id: idOf(100_000 + index * 100 + 50), seq: messages.length + 1 }];
}

/** What the assistant handed over. */
export function escalation(
  index: number,
  createdAt: string,
  state: StateView,
): ConversationDetail["escalation"] {
  return {
    id: idOf(6_000 + index),
    reason: "explicit_request",
    createdAt,
    acceptedAt: state.operator ? createdAt : undefined,
    acceptedBy: state.operator,
    packet: {
      reason: "explicit_request",
      sentence: "The customer asked for a person: “I would rather talk to a person please”.",
      summary:
        "Order A-20418 is marked as delivered, but the customer has searched the building and waited two days. They want somebody to look into it.",
      tried: [
        {
          question: "Where is my order A-20418?",
          answer: "Explained tracking and the usual 2 to 4 working days.",
          sources: [source(1, "Delivery times", "Standard delivery")],
        },
        {
          question: "It says delivered. It is not here.",
          answer: "Asked to wait until the end of the next working day.",
          sources: [source(2, "Lost parcels", "Marked as delivered")],
        },
      ],
      openQuestion: "Where is the parcel, and can it be sent again or refunded?",
    },
  };
}

/** Why it did, or did not, go to a person. */
export function decisions(id: string, createdAt: string, escalated: boolean): DecisionView[] {
  const rule = (
    ruleId: string,
    name: string,
    more: Partial<DecisionView["trace"][number]>,
  ): DecisionView["trace"][number] => ({
    ruleId,
    name,
    trigger: "confidence",
    enabled: true,
    input: "",
    fired: false,
    sentence: "",
    ...more,
  });
  const base = { seq: 3, phase: "after_answer" as const, signals: {}, versions: { rules: 3 }, createdAt };
  const calm: DecisionView = {
    ...base,
    id: `${id.slice(0, -3)}a01`,
    outcome: "none",
    sentence: "No rule fired; confidence came closest, 0.04 above its threshold.",
    trace: [
      rule("r1", "Low confidence", {
        threshold: 0.4,
        value: 0.44,
        nearMiss: 0.04,
        input: "answer 5",
        sentence: "0.44 is not below 0.40.",
      }),
      rule("r2", "Angry customer", {
        trigger: "sentiment",
        threshold: -0.5,
        value: -0.21,
        nearMiss: 0.29,
        input: "last 2 messages",
        sentence: "−0.21 is not below −0.50 twice in a row.",
      }),
      rule("r3", "Legal words", {
        trigger: "keyword",
        enabled: false,
        input: "It says delivered. It is not here.",
        sentence: "This rule is switched off.",
      }),
    ],
  };
  if (!escalated) return [calm];
  return [
    calm,
    {
      ...base,
      id: `${id.slice(0, -3)}b02`,
      seq: 6,
      phase: "before_answer",
      outcome: "escalate",
      reason: "explicit_request",
      sentence: "The customer asks for a person: “rather talk to a person”.",
      trace: [
        rule("r0", "Asks for a person", {
          trigger: "explicit_request",
          fired: true,
          threshold: 0.6,
          value: 0.97,
          input: "I would rather talk to a person please.",
          sentence: "“rather talk to a person” asks for a person.",
        }),
        rule("r2", "Angry customer", {
          trigger: "sentiment",
          threshold: -0.5,
          value: -0.34,
          nearMiss: 0.16,
          input: "last 2 messages",
          sentence: "−0.34 is not below −0.50 twice in a row.",
        }),
        rule("r4", "Long conversation", {
          trigger: "conversation_length",
          threshold: 20,
          value: 6,
          nearMiss: 14,
          input: "6 messages",
          sentence: "6 messages are fewer than 20.",
        }),
      ],
    },
  ];
}
