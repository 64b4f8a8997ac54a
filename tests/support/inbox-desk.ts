import type { OperatorDesk } from "#contracts/desk";
import type { CannedResponse, Macro, MentionView, SavedView } from "#contracts/desk-tools";
import { idOf } from "./inbox-ids.ts";

const updatedAt = "2026-11-20T09:00:00.000Z";
const shared = { visibility: "shared", updatedAt, mayChange: true } as const;

/** What the made-up company's operators keep for their day. */
export const canned: CannedResponse[] = [
  {
    ...shared,
    id: idOf(6_001),
    name: "refund",
    title: "Refund is on its way",
    text: "Hi {{customer.first_name|there}}, I have refunded your order. It takes 3 to 5 working days.\n\n{{operator.first_name}}",
    used: 42,
  },
  {
    ...shared,
    id: idOf(6_002),
    name: "reship",
    title: "We send it again",
    text: "I am sorry that your parcel was lost. We send it again today at no cost.",
    used: 17,
  },
  {
    ...shared,
    id: idOf(6_003),
    name: "order-number",
    title: "Ask for the order number",
    text: "Hello {{customer.name}}, which order number is it? It begins with A-.",
    used: 8,
  },
];

export const macros: Macro[] = [
  {
    ...shared,
    id: idOf(6_101),
    name: "Refund and close",
    actions: [
      { kind: "reply", text: "Hi {{customer.first_name|there}}, your refund is on its way." },
      { kind: "tag", add: ["refund"], remove: [] },
      { kind: "resolve" },
    ],
    used: 12,
  },
];

export const teams = [
  { id: idOf(6_201), name: "Returns", members: [], waiting: 2, open: 5, createdAt: updatedAt },
  { id: idOf(6_202), name: "Billing", members: [], waiting: 0, open: 1, createdAt: updatedAt },
];

/** What routing knows of those who answer. */
export const colleagues: OperatorDesk[] = [
  colleague("op-maya", "Maya Lindqvist", [
    { name: "refunds", level: 5 },
    { name: "customs", level: 2 },
  ]),
  colleague("op-anna", "Anna Okafor", [{ name: "refunds", level: 2 }]),
];

function colleague(id: string, name: string, skills: OperatorDesk["skills"]): OperatorDesk {
  const email = `${id}@northwind.example`;
  return {
    id,
    name,
    email,
    role: "operator",
    capacity: 5,
    languages: [],
    skills,
    teams: [],
    status: "online",
    load: 1,
  };
}

export const savedViews: SavedView[] = [
  {
    id: idOf(6_301),
    name: "VIPs",
    visibility: "shared",
    mayChange: true,
    filters: { view: "all", tag: "vip" },
    count: 15,
  },
];

/** Notes that name the operator who looks. */
export function mentions(now: number): MentionView[] {
  const at = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  return [
    {
      messageId: idOf(6_401),
      conversationId: idOf(4),
      seq: 3,
      customer: { id: idOf(5_003), name: "עמית לוי" },
      author: { kind: "operator", id: "op-anna", name: "Anna Okafor" },
      text: "@Maya Lindqvist can you look at the invoice? The customer says that it names another company.",
      createdAt: at(12),
    },
    {
      messageId: idOf(6_402),
      conversationId: idOf(7),
      seq: 5,
      customer: { id: idOf(5_006), name: "Visitor 4F2A" },
      author: { kind: "operator", id: "op-tom", name: "Tom Berger" },
      text: "Thanks @Maya Lindqvist, that was it.",
      createdAt: at(240),
      readAt: at(200),
    },
  ];
}
