import { z } from "zod";
import { Attributes, Scope, Word } from "./attributes.ts";
import { CallView, LiveCall } from "./calls.ts";
import { ChannelName } from "./channel.ts";
import { EscalationReason, MessageView, OperatorRef, Receipts, Source, StateView } from "./conversation.ts";
import { Draft } from "./drafts.ts";
import { RuleTrace } from "./escalation.ts";
import { ClientId, Cursor, Id, MessageText, Moment, Text } from "./primitives.ts";
import { Offering } from "./structured.ts";
import { LeadMark } from "./telephony.ts";

export const View = z.enum([
  "needs_response",
  "mine",
  "unassigned",
  "waiting_customer",
  "snoozed",
  "all",
  "ai",
  "resolved",
]);
export type View = z.infer<typeof View>;

export const Customer = z.object({
  id: Id,
  name: z.string(),
  email: z.string().optional(),
  locale: z.string().optional(),
  page: z.string().optional(),
  /** Of the browser that they used last in the web chat: where it stands, and its name, such as "Firefox on Windows". */
  timeZone: z.string().optional(),
  device: z.string().optional(),
  firstSeenAt: Moment,
  /** Where they have written to the company. */
  channels: z.array(ChannelName),
});
export type Customer = z.infer<typeof Customer>;

/** One row of the inbox list. */
export const ConversationRow = z.object({
  id: Id,
  customer: z.object({ id: Id, name: z.string() }),
  agent: z.object({ id: Id, name: z.string() }),
  channel: ChannelName,
  state: StateView,
  /** The last words anyone wrote, shortened. */
  snippet: z.string(),
  lastAuthor: z.enum(["customer", "agent", "operator", "system"]).optional(),
  lastMessageAt: Moment,
  escalatedAt: Moment.optional(),
  reason: EscalationReason.optional(),
  attributes: Attributes,
  /** The customer is on the phone, or is being called. */
  liveCall: LiveCall.optional(),
  unread: z.number().int().nonnegative(),
  /** So many answers did not arrive on the customer's platform, or are not known to have. */
  undelivered: z.number().int().positive().optional(),
  head: z.number().int().nonnegative(),
  createdAt: Moment,
});
export type ConversationRow = z.infer<typeof ConversationRow>;

/** What narrows a list of conversations. */
export const ListFilters = z.object({
  tag: Word.optional(),
  teamId: Id.optional(),
  operatorId: Id.optional(),
  contactId: Id.optional(),
  channel: ChannelName.optional(),
  snoozed: z.enum(["only", "without"]).optional(),
});
export type ListFilters = z.infer<typeof ListFilters>;

/** In the order of the view, or by the promise that ends first, what runs no clock last. */
export const ListSort = z.enum(["usual", "due"]);
export type ListSort = z.infer<typeof ListSort>;

/** The views that can be sorted by promise: those that hold what needs a person. All others keep their own order. */
export const dueViews: readonly View[] = ["needs_response", "mine", "unassigned"];

/** All, ai and resolved are in the order of time alone where tag, operator, contact or channel narrow them. */
export const ListQuery = ListFilters.extend({
  view: View.default("needs_response"),
  sort: ListSort.default("usual"),
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(40),
});

/** A keyset page; `counts` are of the whole company. */
export const ConversationPage = z.object({
  rows: z.array(ConversationRow),
  next: z.string().optional(),
  counts: z.record(View, z.number().int()),
  /** Where the operator stream goes on from this page. */
  cursor: z.string(),
});
export type ConversationPage = z.infer<typeof ConversationPage>;

/** What one customer holds with one agent in the web chat, the newest conversation of each topic. */
export const ContactTopics = z.object({ rows: z.array(ConversationRow) });
export type ContactTopics = z.infer<typeof ContactTopics>;

/** What the AI hands over with a conversation. */
export const HandoverPacket = z.object({
  reason: EscalationReason,
  sentence: z.string(),
  summary: z.string(),
  tried: z.array(z.object({ question: z.string(), answer: z.string(), sources: z.array(Source) })),
  openQuestion: z.string().optional(),
});
export type HandoverPacket = z.infer<typeof HandoverPacket>;

export const EscalationView = z.object({
  id: Id,
  reason: EscalationReason,
  createdAt: Moment,
  acceptedAt: Moment.optional(),
  acceptedBy: OperatorRef.optional(),
  packet: HandoverPacket,
});
export type EscalationView = z.infer<typeof EscalationView>;

/** What an operator's composer must know of the platform that the customer writes from. */
export const ChannelSituation = z.object({
  label: z.string(),
  connection: z.object({ id: Id, name: z.string(), state: z.enum(["active", "paused", "revoked"]) }),
  maxLength: z.number().int(),
  /** Kinds of files that can be sent; empty where there are none. */
  media: z.array(z.enum(["image", "audio", "video", "document"])),
  buttons: z.number().int(),
  /** The most characters on one button; 0 where there are none. */
  buttonLength: z.number().int(),
  template: z.boolean(),
  /** Free words reach the customer until then; absent where they always do. */
  replyUntil: Moment.optional(),
  /** The customer has blocked us on the platform. */
  blocked: z.boolean(),
  /** They have sent STOP: nothing is sent to them before they send START. */
  optedOutAt: Moment.optional(),
  /** Whom the company knows by this phone number. */
  lead: LeadMark.optional(),
});
export type ChannelSituation = z.infer<typeof ChannelSituation>;

/** Whom the acceptance chain asks by name to take a conversation that waits, and until when. */
export const ConversationOffer = z.object({ operator: OperatorRef, until: Moment });
export type ConversationOffer = z.infer<typeof ConversationOffer>;

/** One conversation, whole, as an operator's window opens it. */
export const ConversationDetail = z.object({
  row: ConversationRow,
  customer: Customer,
  messages: z.array(MessageView),
  more: z.boolean(),
  receipts: Receipts,
  escalation: EscalationView.optional(),
  offer: ConversationOffer.optional(),
  run: z.object({ runId: Id, messageId: Id, text: z.string(), thinking: z.boolean() }).optional(),
  customerOnline: z.boolean(),
  viewers: z.array(OperatorRef),
  /** What the operator who asks has begun to write here. */
  drafts: z.array(Draft).optional(),
  /** What the platform allows here; absent in the web chat. */
  channel: ChannelSituation.optional(),
  /** The newest phone calls of this conversation; absent where there can be none. */
  calls: z.array(CallView).optional(),
  /** What was said with a phone customer before, in short; absent where nothing was summed up. */
  phoneSummary: z.string().optional(),
});
export type ConversationDetail = z.infer<typeof ConversationDetail>;

export const ConversationPath = z.object({ conversationId: Id });

export const OperatorAttachmentPath = z.object({ conversationId: Id, attachmentId: Id });

/** A message that the platform has approved beforehand: the only kind that is taken after its reply window. */
export const TemplateChoice = z.object({
  name: z.string().trim().min(1).max(512),
  language: z.string().trim().min(2).max(20),
  values: z
    .array(Text.pipe(z.string().max(1_000)))
    .max(20)
    .default([]),
  /** Where a template names its gaps, the name of each value's. */
  names: z
    .array(z.string().regex(/^\w{1,100}$/))
    .max(20)
    .optional(),
});
export type TemplateChoice = z.infer<typeof TemplateChoice>;

/** A template as an operator chooses it: its words, with {{1}} or {{name}} where its values go. */
export const Template = z.object({
  name: z.string(),
  language: z.string(),
  body: z.string(),
  values: z.number().int(),
});
export type Template = z.infer<typeof Template>;

export const Templates = z.object({ templates: z.array(Template) });

export const MessagePath = z.object({ conversationId: Id, messageId: Id });

export const OperatorSendBody = z.object({
  clientId: ClientId,
  text: MessageText,
  template: TemplateChoice.optional(),
  /** Answers that the customer can press, where the platform has buttons; written out elsewhere. */
  choices: z
    .array(Text.pipe(z.string().trim().min(1).max(80)))
    .max(10)
    .optional(),
  audience: z.enum(["all", "operators"]).default("all"),
  replyTo: Id.optional(),
  attachments: z.array(Id).max(10).optional(),
  /** What the customer can press, read or fill in beside the text; written out where a platform shows text alone. */
  data: Offering.optional(),
  /** The colleagues whom a note names; each is told. */
  mentions: z.array(Id).max(20).optional(),
  /** The newest entry that its writer has seen: a reply by somebody else after it refuses this one with `conflict`. */
  seenHead: z.number().int().nonnegative().max(2_147_483_647).optional(),
  /** Sends it past a newer reply all the same. */
  sendAnyway: z.boolean().optional(),
  /** Resolves the conversation once it is sent. */
  thenResolve: z.boolean().optional(),
  /** The co-pilot's suggestion that these words began as. */
  suggestionId: Id.optional(),
});

/** Gives the conversation to the AI, to an operator, or back to the queue. */
export const HandoverBody = z.object({
  to: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("ai"),
      /** What the AI may help with from here on; anything where nothing is named. */
      scope: Scope.pick({ topics: true }).optional(),
    }),
    z.object({ kind: z.literal("operator"), operatorId: z.string().min(1).max(100) }),
    z.object({ kind: z.literal("queue") }),
    z.object({ kind: z.literal("team"), teamId: Id }),
  ]),
  note: Text.pipe(z.string().max(2_000)).optional(),
});
export type HandoverBody = z.infer<typeof HandoverBody>;

/** Refuses an offer; the reason is read by colleagues. */
export const DeclineBody = z.object({ reason: Text.pipe(z.string().trim().max(300)).optional() });
export type DeclineBody = z.infer<typeof DeclineBody>;

export const MessagesQuery = z.object({
  before: z.coerce.number().int().positive().max(2_147_483_647).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const MessagePage = z.object({ messages: z.array(MessageView), more: z.boolean() });

export const OperatorStreamQuery = z.object({
  /** The conversation whose typing and tokens this window shows. */
  watch: Id.optional(),
  lastEventId: Cursor.optional(),
});

/** What the inbox's stream begins with. */
export const OperatorSnapshot = z.object({
  cursor: z.string(),
  operators: z.array(OperatorRef.extend({ status: z.enum(["online", "away", "offline"]) })),
  waiting: z.number().int(),
});

/** One decision of the ledger: what was tried on a turn, and why it did or did not lead to a person. */
export const DecisionView = z.object({
  id: Id,
  /** The customer's message that was decided on. */
  seq: z.number().int(),
  phase: z.enum(["before_answer", "after_answer"]),
  outcome: z.enum(["none", "offer", "escalate"]),
  reason: EscalationReason.optional(),
  sentence: z.string(),
  trace: z.array(RuleTrace),
  signals: z.record(z.string(), z.unknown()),
  versions: z.record(z.string(), z.unknown()),
  createdAt: Moment,
});
export type DecisionView = z.infer<typeof DecisionView>;

export const DecisionsQuery = z.object({
  /** The oldest decision that is known: those before it are asked for. */
  before: Id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const DecisionPage = z.object({ decisions: z.array(DecisionView), more: z.boolean() });
export type DecisionPage = z.infer<typeof DecisionPage>;

export const OperatorView = OperatorRef.extend({
  email: z.string(),
  role: z.enum(["owner", "admin", "operator"]),
  status: z.enum(["online", "away", "offline"]),
});
export type OperatorView = z.infer<typeof OperatorView>;
