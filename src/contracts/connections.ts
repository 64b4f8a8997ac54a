import { z } from "zod";
import { CheckReport, ContentType, PlatformName } from "./channel.ts";
import { Cursor, Id, Moment } from "./primitives.ts";

/** One setting of a platform, as its form shows it. */
export const ConfigField = z.object({
  name: z.string(),
  label: z.string(),
  help: z.string(),
  placeholder: z.string().optional(),
  secret: z.boolean(),
  required: z.boolean(),
  /** Baton makes it where it is left out. */
  made: z.enum(["token", "standard_webhooks"]).optional(),
});

/** A platform that can be connected: its form, and what it can do. */
export const PlatformCard = z.object({
  name: PlatformName,
  label: z.string(),
  fields: z.array(ConfigField),
  can: z.object({
    media: z.array(ContentType),
    buttons: z.boolean(),
    typing: z.boolean(),
    read: z.boolean(),
    template: z.boolean(),
    replyWindowHours: z.number().optional(),
    humanWindowHours: z.number().optional(),
    maxLength: z.number(),
    receipts: z.array(z.enum(["sent", "delivered", "read"])),
    /** Baton can tell the platform where to deliver. */
    setup: z.boolean(),
    /** A test delivery can be signed as the platform would. */
    sample: z.boolean(),
  }),
});
export type PlatformCard = z.infer<typeof PlatformCard>;

export const RejectionReason = z.enum([
  "signature",
  "stale",
  "malformed",
  "wrong_account",
  "wrong_path",
  "verify_token",
]);
export type RejectionReason = z.infer<typeof RejectionReason>;

/** `revoked`: the platform no longer takes our credentials; `locked`: this installation cannot open them any more. */
export const ConnectionState = z.enum(["active", "paused", "revoked", "locked"]);

/** How a connection has been doing lately. */
export const ConnectionHealth = z.object({
  lastReceivedAt: Moment.optional(),
  lastSentAt: Moment.optional(),
  lastError: z.object({ words: z.string(), at: Moment }).optional(),
  /** Refused deliveries of the last seven days by reason, with the newest of each. */
  rejections: z.array(z.object({ reason: RejectionReason, count: z.number().int(), lastAt: Moment })),
  /** Deliveries that are stored and not yet handled. */
  waiting: z.number().int(),
  quarantined: z.number().int(),
  /** Messages of ours that wait, failed, or of which nobody knows whether they arrived. */
  outgoing: z.object({ waiting: z.number().int(), failed: z.number().int(), unknown: z.number().int() }),
  /** It usually brings messages at this hour, and now it brings none. */
  silentSince: Moment.optional(),
});

export const ConnectionView = z.object({
  id: Id,
  name: z.string(),
  channel: PlatformName,
  agent: z.object({ id: Id, name: z.string() }),
  state: ConnectionState,
  /** The account on the platform, as the last check told it. */
  account: z.string().optional(),
  /** What the platform is given. */
  webhookUrl: z.string(),
  /** Settings that are no secret, and of each secret whether it is set and its last four characters. */
  settings: z.record(z.string(), z.string()),
  secrets: z.record(z.string(), z.object({ set: z.boolean(), ending: z.string().optional() })),
  createdAt: Moment,
  health: ConnectionHealth,
});
export type ConnectionView = z.infer<typeof ConnectionView>;

const Settings = z.record(z.string().max(60), z.string().max(2_000));

/** Connects a platform. A secret that Baton may choose itself (a verify token, a webhook secret) can be left out. */
export const CreateConnectionBody = z.object({
  channel: PlatformName,
  name: z.string().trim().min(1).max(80),
  agentId: Id,
  settings: Settings,
});

/** Changes what is given; a secret that is left out stays. */
export const SaveConnectionBody = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  state: z.enum(["active", "paused"]).optional(),
  settings: Settings.optional(),
});

export const ConnectionPath = z.object({ connectionId: Id });
export const ConnectionList = z.object({
  connections: z.array(ConnectionView),
  platforms: z.array(PlatformCard),
});

/** Shown once, when Baton has chosen a secret that the platform must be given. */
export const ConnectionCreated = z.object({
  connection: ConnectionView,
  chosen: z.record(z.string(), z.string()),
});

export const TestBody = z.object({ text: z.string().trim().min(1).max(500).default("Hello") });

/** One test delivery, signed as the platform would, through the gateway's own steps; nothing of it is kept. */
export const TestReport = z.object({
  steps: z.array(z.object({ name: z.string(), ok: z.boolean(), words: z.string(), ms: z.number() })),
  message: z.object({ sender: z.string(), text: z.string() }).optional(),
  /** What the assistant would answer, in the platform's own formatting. */
  reply: z.string().optional(),
});

/** A delivery that could not be read, with its body without what customers wrote. */
export const QuarantinedDelivery = z.object({
  id: Id,
  receivedAt: Moment,
  /** Then it goes, where nobody has read it again or discarded it. */
  keptUntil: Moment,
  reason: z.string(),
  attempts: z.number().int(),
  body: z.string(),
});
export const QuarantinePage = z.object({
  deliveries: z.array(QuarantinedDelivery),
  next: z.string().optional(),
});
export const QuarantinePath = z.object({ connectionId: Id, deliveryId: Id });

/** A message of ours that did not arrive, or of which that is not known. */
export const UndeliveredMessage = z.object({
  messageId: Id,
  conversationId: Id,
  customer: z.string(),
  snippet: z.string(),
  state: z.enum(["failed", "unknown"]),
  words: z.string(),
  at: Moment,
});
export const UndeliveredPage = z.object({
  messages: z.array(UndeliveredMessage),
  next: z.string().optional(),
});
export const PageQuery = z.object({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

export { CheckReport };
