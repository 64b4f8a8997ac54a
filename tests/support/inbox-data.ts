import type { Attributes, Due } from "#contracts/attributes";
import type { StateView } from "#contracts/conversation";
import {
  type ConversationDetail,
  type ConversationPage,
  type ConversationRow,
  type DecisionView,
  type OperatorView,
  View,
} from "#contracts/operator";
import { placeOf, withDeliveries } from "./inbox-channels.ts";
import { decisions, escalation, history } from "./inbox-histories.ts";
import { idOf } from "./inbox-ids.ts";

/** A made-up company's conversations, for windows that need something to show. */
export type FakeConversation = ConversationDetail & { decisions: DecisionView[] };

export const operators: OperatorView[] = [
  { id: "op-maya", name: "Maya Lindqvist", email: "maya@northwind.example", role: "owner", status: "online" },
  { id: "op-anna", name: "Anna Okafor", email: "anna@northwind.example", role: "operator", status: "online" },
  { id: "op-tom", name: "Tom Berger", email: "tom@northwind.example", role: "operator", status: "away" },
  { id: "op-li", name: "Li Wei", email: "li@northwind.example", role: "admin", status: "offline" },
];

const names = [
  "Maria Santos",
  "Jonas Weber",
  "Aisha Rahman",
  "עמית לוי",
  "Chloé Dubois",
  "Bartholomew Featherstonehaugh-Cholmondeley the Third",
  "Visitor 4F2A",
  "Kenji Tanaka",
  "محمد الأحمد",
  "Priya Nair",
  "Oliver Smith",
  "Zoë Müller",
  "Santiago Pérez",
  "Hannah Kim",
  "Lukas Novák",
  "Fatima Zahra",
  "Ewa Kowalska",
  "Noah Johansson",
  "Isabella Rossi",
  "Dmitri Volkov",
];
const snippets = [
  "My parcel says delivered but it is not here, and the neighbours have nothing either.",
  "Can I change the delivery address after ordering?",
  "You can return any item within 30 days, unused and in its original packaging.",
  "שלום, איפה ההזמנה שלי? חיכיתי כבר שבוע",
  "Merci beaucoup, c'est parfait !",
  "This is the third time I am writing about the same broken zipper and nobody answers.",
  "Is the blue one back in stock soon?",
  "أين طلبي؟ لقد مر أسبوع كامل",
];

/** Some conversations in every state; the first ones wait for a person. */
export function conversations(count: number, now: number): FakeConversation[] {
  return Array.from({ length: count }, (_, index) => conversation(index, now));
}

function conversation(index: number, now: number): FakeConversation {
  const at = (minutesAgo: number) => new Date(now - minutesAgo * 60_000).toISOString();
  const age = index < 3 ? index * 2 + 1 : index * 17;
  const state = stateOf(index, at(age));
  const id = idOf(index + 1);
  const name = names[index % names.length] ?? "Visitor";
  const { channel, situation } = placeOf(index + 1, now);
  const said = history(id, index, name, at, age, state);
  const messages = situation ? withDeliveries(said, index + 1) : said;
  const waiting = state.state === "WAITING_HUMAN";
  const row: ConversationRow = {
    id,
    customer: { id: idOf(5_000 + index), name },
    agent: { id: idOf(9_000), name: "Nori" },
    channel,
    state,
    snippet: snippets[index % snippets.length] ?? "",
    lastAuthor: lastAuthorOf(index, state),
    lastMessageAt: at(age),
    escalatedAt: waiting ? at(age + 1.4) : undefined,
    reason: waiting ? "explicit_request" : undefined,
    attributes: attributesOf(index, state, now),
    unread: waiting ? 2 - (index % 2) : Number(index % 5 === 3),
    head: messages.at(-1)?.seq ?? 0,
    createdAt: at(age + 30),
  };
  const escalated = waiting || state.state === "WITH_HUMAN";
  return {
    row,
    customer: {
      id: row.customer.id,
      name,
      email: index % 2 ? undefined : "customer@example.com",
      locale: index % 8 === 3 ? "he" : "en-GB",
      page: "https://shop.example/orders/A-20418/track",
      ...(channel === "web" ? { timeZone: "Asia/Kathmandu", device: "Firefox on Windows" } : {}),
      firstSeenAt: at(age + 60 * 24 * 40),
      channels: index % 4 === 1 && channel !== "web" ? [channel, "web"] : [channel],
    },
    messages,
    more: false,
    receipts: { customerRead: row.head - 1, operatorRead: Math.max(0, row.head - row.unread) },
    escalation: escalated ? escalation(index, at(age + 1.4), state) : undefined,
    customerOnline: index % 3 !== 2,
    viewers: index === 0 ? [{ id: "op-anna", name: "Anna Okafor" }] : [],
    ...(situation ? { channel: situation } : {}),
    decisions: decisions(id, at(age + 2), escalated),
  };
}

/** How many stand in each view, where none is said. */
export function countsOf(known: Partial<ConversationPage["counts"]>): ConversationPage["counts"] {
  const none = Object.fromEntries(View.options.map((view) => [view, 0])) as ConversationPage["counts"];
  return { ...none, ...known };
}

function attributesOf(index: number, { state }: StateView, now: number): Attributes {
  const open = state === "WAITING_HUMAN" || state === "WITH_HUMAN";
  const topic = index % 6 === 2 ? "Returns" : "General";
  return {
    topic,
    skills: [],
    tags: tags.filter((_, at) => index % (at + 3) === 1),
    ...(index % 4 === 3 ? { language: "de" } : {}),
    ...(open && index < 12 ? { due: dueOf(index, now) } : {}),
  };
}

export const tags = ["refund", "vip", "delivery"];

/** Clocks in each of their states, one after another. */
function dueOf(index: number, now: number): Due {
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  const kind = index % 2 ? "next_response" : "first_response";
  switch (index % 4) {
    case 0:
      return { kind, since: at(-2), warnAt: at(20), at: at(28) };
    case 1:
      return { kind, since: at(-30), warnAt: at(-2), at: at(8) };
    case 2:
      return { kind, since: at(-60), warnAt: at(-20), at: at(-4) };
    default:
      return { kind, since: at(-60), warnAt: at(600), at: at(700), pausedUntil: at(540) };
  }
}

function lastAuthorOf(index: number, { state }: StateView) {
  if (state === "ACTIVE") return "agent";
  return state === "WITH_HUMAN" && index % 3 === 1 ? "operator" : "customer";
}

function stateOf(index: number, since: string): StateView {
  const base = { epoch: 1, since, offered: false };
  if (index < 3) return { ...base, state: "WAITING_HUMAN", owner: "queue", position: index + 1 };
  const operator =
    index % 4 === 1 ? { id: "op-maya", name: "Maya Lindqvist" } : { id: "op-anna", name: "Anna Okafor" };
  if (index % 3 === 0 || index === 5) return { ...base, state: "WITH_HUMAN", owner: "operator", operator };
  if (index % 7 === 6) return { ...base, state: "RESOLVED", owner: "none" };
  return { ...base, state: "ACTIVE", owner: "ai" };
}
