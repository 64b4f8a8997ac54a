import { z } from "zod";
import { CallView } from "./calls.ts";
import { MessageView, OperatorRef, StateView } from "./conversation.ts";
import { QuietHours } from "./notifications.ts";
import { ClientId, Cursor, Id, MessageText, Moment, Text } from "./primitives.ts";

/** A number as people write it; services read it with its country and answer in E.164. */
export const PhoneNumber = Text
  // A + that stands unescaped in a query arrives as a space.
  .transform((text) => text.replace(/^ (?=\d)/, "+").trim())
  .pipe(z.string().min(3).max(32));

/** A number that nobody can misread: +, country, number (ITU-T E.164). */
export const E164 = z.string().regex(/^\+[1-9]\d{6,14}$/, "is a number such as +15550100123");

export const LeadStatus = z.enum(["new", "contacted", "qualified", "customer", "lost"]);
export type LeadStatus = z.infer<typeof LeadStatus>;

/** A contact whom the company knows by a phone number. */
export const LeadView = z.object({
  id: Id,
  phoneNumber: E164,
  status: LeadStatus,
  contact: z.object({ id: Id, name: z.string(), email: z.string().optional() }),
  /** The conversation in which its calls and messages are now; absent before the first. */
  conversationId: Id.optional(),
  /** They have said that they may be called. */
  callConsentAt: Moment.optional(),
  /** They have sent STOP: no message reaches them before they send START. */
  optedOutAt: Moment.optional(),
  lastCallAt: Moment.optional(),
  createdAt: Moment,
});
export type LeadView = z.infer<typeof LeadView>;

/** What an operator's window must know of the lead beside a conversation. */
export const LeadMark = LeadView.pick({
  id: true,
  phoneNumber: true,
  status: true,
  callConsentAt: true,
  optedOutAt: true,
});
export type LeadMark = z.infer<typeof LeadMark>;

export const LeadPath = z.object({ leadId: Id });

export const LeadQuery = z.object({
  /** Part of a name or of a number. */
  query: Text.pipe(z.string().trim().max(100)).default(""),
  status: LeadStatus.optional(),
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(40),
});

/** A keyset page of leads, newest first. */
export const LeadPage = z.object({ leads: z.array(LeadView), next: z.string().optional() });
export type LeadPage = z.infer<typeof LeadPage>;

export const LeadBody = z
  .object({ status: LeadStatus.optional(), callConsent: z.boolean().optional() })
  .refine((body) => Object.values(body).some((value) => value !== undefined), "Name what is to change.");

/** The seven names under which the stream of a lead tells what happens. */
export const telephonyEventNames = [
  "conversation_history",
  "sms_received",
  "call_initiated",
  "call_ended",
  "human_control_started",
  "human_control_ended",
  "human_message_sent",
] as const;

const ofLead = { leadId: Id, phoneNumber: E164, conversationId: Id };
const numbered = { ...ofLead, seq: z.number().int().positive() };

/**
 * What a lead's stream tells. Entries of the log that have no name here (the AI's words, deliveries, …) come under their
 * own names, in the same order and with the same cursor.
 */
export const TelephonyEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("conversation_history"),
    ...ofLead,
    head: z.number().int().nonnegative(),
    messages: z.array(MessageView),
    more: z.boolean(),
    calls: z.array(CallView),
    state: StateView,
    summary: z.string().optional(),
  }),
  z.object({ type: z.literal("sms_received"), ...numbered, message: MessageView }),
  z.object({ type: z.literal("call_initiated"), ...numbered, call: CallView }),
  z.object({ type: z.literal("call_ended"), ...numbered, call: CallView }),
  z.object({ type: z.literal("human_control_started"), ...numbered, state: StateView }),
  z.object({ type: z.literal("human_control_ended"), ...numbered, state: StateView }),
  z.object({ type: z.literal("human_message_sent"), ...numbered, message: MessageView }),
]);
export type TelephonyEvent = z.infer<typeof TelephonyEvent>;

export const LeadStreamQuery = z.object({
  /** The lead's number; where it is given it must be the lead's. */
  phoneNumber: PhoneNumber.optional(),
  /** Begins with the history. */
  load: z.stringbool().default(false),
  /** The company; where it is given it must be the asker's. */
  organizationId: Id.optional(),
  after: Cursor.optional(),
});

// One of them names the lead; where more are given they must agree.
const named = {
  phoneNumber: PhoneNumber.optional(),
  conversationId: Id.optional(),
  leadId: Id.optional(),
};
const isNamed = [
  (body: {
    phoneNumber?: string | undefined;
    conversationId?: string | undefined;
    leadId?: string | undefined;
  }) => body.phoneNumber !== undefined || body.conversationId !== undefined || body.leadId !== undefined,
  "Name the customer: by phoneNumber, conversationId or leadId.",
] as const;

export const JoinBody = z
  .object({
    ...named,
    /** For whom a program asks; a person who is signed in joins for themselves where it is left out. */
    operatorId: Id.optional(),
  })
  .refine(...isNamed);
export const LeaveBody = z
  .object({
    ...named,
    /** What the person agreed with the customer, for the AI. */
    summary: Text.pipe(z.string().trim().max(2_000)).optional(),
  })
  .refine(...isNamed);
export const HumanMessageBody = z
  .object({ ...named, message: MessageText, clientId: ClientId.optional() })
  .refine(...isNamed);
export const ControlPath = z.object({ phoneNumber: PhoneNumber });

/** Who speaks with a customer on the phone now: the AI, or a person. */
export const HumanControl = z.object({
  leadId: Id,
  phoneNumber: E164,
  conversationId: Id,
  /** A person has the conversation: the AI says nothing. */
  active: z.boolean(),
  operator: OperatorRef.optional(),
  since: Moment.optional(),
  state: StateView,
  /** Customer messages that wait for the person's word. */
  waiting: z.number().int().nonnegative(),
  liveCall: CallView.optional(),
});
export type HumanControl = z.infer<typeof HumanControl>;

export const HumanMessageAnswer = z.object({ message: MessageView, control: HumanControl });

export const OutboundCallBody = z
  .object({
    ...named,
    /** The line to call from; the customer's own where it is left out. */
    connectionId: Id.optional(),
    /** What the call is about: the voice agent is told. */
    context: Text.pipe(z.string().trim().min(1).max(2_000)),
    /** The same id twice is one call. */
    clientId: ClientId.optional(),
  })
  .refine(...isNamed);
export const OutboundCallAnswer = z.object({ call: CallView });

/** The variables that a voice agent is given before it says a word. */
export const VoiceVariables = z.object({
  conversation_context: z.string(),
  customer_name: z.string(),
  organization_name: z.string(),
  lead_status: z.string(),
  previous_summary: z.string(),
  organization_id: z.string(),
  caller_type: z.enum(["new", "known", "anonymous"]),
  has_conversation_history: z.boolean(),
  total_messages: z.number().int().nonnegative(),
});
export type VoiceVariables = z.infer<typeof VoiceVariables>;

/** When, and how much, a company lets its agents call. */
export const CallPolicy = z.object({
  dailyCalls: z.number().int().min(0).max(100_000),
  /** In credits; absent without a limit. */
  dailyCost: z.number().min(0).max(1_000_000_000).optional(),
  quiet: QuietHours,
  consentRequired: z.boolean(),
});
export type CallPolicy = z.infer<typeof CallPolicy>;

/** A call that was reported to us and belongs to no customer that we know. */
export const StrayCall = z.object({
  id: Id,
  connectionId: Id,
  voiceConversationId: z.string(),
  direction: CallView.shape.direction.optional(),
  phoneNumber: z.string().optional(),
  reason: z.string(),
  startedAt: Moment.optional(),
  durationSeconds: z.number().int().nonnegative().optional(),
  transcript: z.array(z.object({ author: z.enum(["customer", "agent"]), text: z.string(), at: Moment })),
  summary: z.string().optional(),
  receivedAt: Moment,
});
export type StrayCall = z.infer<typeof StrayCall>;

/** A keyset page of them, newest first. */
export const StrayCallPage = z.object({ calls: z.array(StrayCall), next: z.string().optional() });
export type StrayCallPage = z.infer<typeof StrayCallPage>;

/** What ElevenLabs is answered before its agent says a word. */
export const InitiationAnswer = z.object({
  type: z.literal("conversation_initiation_client_data"),
  dynamic_variables: VoiceVariables,
});
export type InitiationAnswer = z.infer<typeof InitiationAnswer>;
