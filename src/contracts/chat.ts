import { z } from "zod";
import { TopicName } from "./attributes.ts";
import { ConversationSnapshot } from "./events.ts";
import { TimeZone } from "./office-hours.ts";
import { ClientId, Cursor, Id, MessageText, Moment, Text } from "./primitives.ts";
import { StructuredAnswer } from "./structured.ts";
import { TopicList } from "./topics.ts";

/** Opens or resumes a chat; the secret token of an earlier answer travels in `Authorization`. */
export const OpenSessionBody = z.object({
  agentId: Id,
  sessionId: Id.optional(),
  /** The topic that the window shows, where the customer has it; General otherwise. */
  topic: TopicName.optional(),
  /** What stands behind `#resume=` in a letter's link: opens that one conversation in a browser that does not know it. */
  resume: z.string().max(200).optional(),
  customer: z
    .object({ name: Text.pipe(z.string().max(200)).optional(), email: z.email().max(320).optional() })
    .optional(),
  locale: z.string().max(35).optional(),
  page: z.string().max(2_000).optional(),
  /** Where the browser stands; one that is not known is not told. */
  timeZone: TimeZone.optional().catch(undefined),
});
export type OpenSessionBody = z.infer<typeof OpenSessionBody>;

export const SessionState = z.enum(["INIT", "ACTIVE", "IDLE", "CLOSED"]);
export type SessionState = z.infer<typeof SessionState>;

export const AgentCard = z.object({
  id: Id,
  name: z.string(),
  companyName: z.string(),
  greeting: z.string(),
  suggestions: z.array(z.string()),
  color: z.string(),
  /** What a customer may want to keep apart; none where the company suggests nothing. */
  topics: z.array(z.string()),
  /** False when no language model is connected; the window says so. */
  model: z.boolean(),
});
export type AgentCard = z.infer<typeof AgentCard>;

export const SessionView = z.object({
  sessionId: Id,
  /** The secret of this session: shown once, stored hashed. */
  token: z.string().optional(),
  conversationId: Id,
  companyId: Id,
  agentId: Id,
  customerId: Id.optional(),
  channel: z.literal("web"),
  state: SessionState,
  createdAt: Moment,
  lastActivityAt: Moment,
  expiresAt: Moment,
  agent: AgentCard,
  topic: z.string(),
  topics: TopicList.shape.topics,
  snapshot: ConversationSnapshot,
});
export type SessionView = z.infer<typeof SessionView>;

/** A topic as a window opens it. */
export const OpenedTopic = z.object({
  ...TopicList.shape,
  topic: z.string(),
  snapshot: ConversationSnapshot,
});
export type OpenedTopic = z.infer<typeof OpenedTopic>;

export const SessionPath = z.object({ sessionId: Id });

export const AttachmentPath = z.object({ sessionId: Id, attachmentId: Id });

export const SendMessageBody = z.object({
  clientId: ClientId,
  text: MessageText,
  replyTo: Id.optional(),
  attachments: z.array(Id).max(10).optional(),
  /** The answer to choices or a form; the stored text is made from it, whatever the window says meanwhile. */
  data: StructuredAnswer.optional(),
});
export type SendMessageBody = z.infer<typeof SendMessageBody>;

/** The stored message's number and id; `duplicate` says that this client id was known already. */
export const SentMessage = z.object({
  messageId: Id,
  conversationId: Id,
  seq: z.number().int().positive(),
  createdAt: Moment,
  duplicate: z.boolean(),
});
export type SentMessage = z.infer<typeof SentMessage>;

export const TypingBody = z.object({ typing: z.boolean() });
export const ReadBody = z.object({ seq: z.number().int().nonnegative().max(2_147_483_647) });
export const EscalateBody = z.object({ reason: Text.pipe(z.string().max(500)).optional() });
export const EventsQuery = z.object({
  after: Cursor.default("0"),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export const StreamQuery = z.object({ lastEventId: Cursor.optional() });

/** What a customer leaves so that they can be answered when they are gone. */
export const LeaveContactBody = z.object({
  name: Text.pipe(z.string().trim().min(1).max(200)).optional(),
  email: z
    .email("Please enter an e-mail address such as you@example.com.")
    .max(320)
    .transform((value) => value.toLowerCase()),
});
export type LeaveContactBody = z.infer<typeof LeaveContactBody>;

export const ContactLeft = z.object({ name: z.string().optional(), email: z.string() });
