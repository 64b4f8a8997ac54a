import { z } from "zod";
import { ConversationSnapshot } from "./events.ts";
import { ClientId, Cursor, Id, MessageText, Moment, Text } from "./primitives.ts";

/** Opens or resumes a chat; the secret token of an earlier answer travels in `Authorization`. */
export const OpenSessionBody = z.object({
  agentId: Id,
  sessionId: Id.optional(),
  customer: z
    .object({ name: Text.pipe(z.string().max(200)).optional(), email: z.email().max(320).optional() })
    .optional(),
  locale: z.string().max(35).optional(),
  page: z.string().max(2_000).optional(),
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
  snapshot: ConversationSnapshot,
});
export type SessionView = z.infer<typeof SessionView>;

export const SessionPath = z.object({ sessionId: Id });

export const AttachmentPath = z.object({ sessionId: Id, attachmentId: Id });

export const SendMessageBody = z.object({
  clientId: ClientId,
  text: MessageText,
  replyTo: Id.optional(),
  attachments: z.array(Id).max(10).optional(),
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
