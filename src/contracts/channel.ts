import { z } from "zod";
import { Id, Text } from "./primitives.ts";

/** The platforms that a company can connect; the web chat is no connection. */
export const PlatformName = z.enum(["whatsapp", "telegram", "slack", "teams", "messenger", "sms", "custom"]);
export type PlatformName = z.infer<typeof PlatformName>;

export const ChannelName = z.enum(["web", ...PlatformName.options]);
export type ChannelName = z.infer<typeof ChannelName>;

export const ContentType = z.enum(["text", "image", "audio", "video", "document"]);
export type ContentType = z.infer<typeof ContentType>;

/** An id that a platform made: kept as text, whatever it looks like. */
const PlatformId = Text.pipe(z.string().min(1).max(512));

/** A file that still lies with the platform; `locator` is all its adapter needs to fetch it. */
export const RemoteFile = z.object({
  type: ContentType.exclude(["text"]),
  name: Text.pipe(z.string().max(255)).optional(),
  mediaType: z.string().max(255).optional(),
  size: z.number().int().nonnegative().optional(),
  locator: z.record(z.string(), z.string().max(4_096)),
});
export type RemoteFile = z.infer<typeof RemoteFile>;

/** Where a conversation lives on its platform, and all that an answer needs to reach it. */
export const Thread = z.object({
  /** Unique within the connection: the same key is the same conversation. */
  key: PlatformId,
  kind: z.enum(["direct", "group"]),
  address: z.record(z.string(), z.string().max(2_048)),
});
export type Thread = z.infer<typeof Thread>;

/** A word that carriers give a meaning: it is kept, and the agent does not answer it. */
export const Keyword = z.object({
  means: z.enum(["stop", "start", "help"]),
  /** It is an ordinary word too, for whoever has not opted out. */
  whenStopped: z.literal(true).optional(),
  /** The company's own answer, where the platform has given none. */
  reply: Text.pipe(z.string().min(1).max(1_600)).optional(),
});
export type Keyword = z.infer<typeof Keyword>;

const MessageBase = z.object({
  /** Unique within the connection, so an adapter joins the chat's id to it where the platform counts per chat. */
  externalId: PlatformId,
  thread: Thread,
  senderId: PlatformId,
  /** Other ids of the same sender on this platform, such as a phone number beside a business-scoped id. */
  senderAliases: z.array(PlatformId).max(5).optional(),
  senderName: Text.pipe(z.string().max(200)).optional(),
  content: Text.pipe(z.string().max(40_000)),
  contentType: ContentType,
  attachments: z.array(RemoteFile).max(20).optional(),
  /** When the platform says it was written; our own numbers order the log. */
  timestamp: z.date(),
  replyToId: PlatformId.optional(),
  keyword: Keyword.optional(),
  channelMetadata: z.record(z.string(), z.unknown()).optional(),
});

/** What a customer wrote, whatever the platform: text, or a text that says what else came. */
export const UnifiedMessage = MessageBase.extend({ kind: z.literal("message") });
export type UnifiedMessage = z.infer<typeof UnifiedMessage>;

/** What the company wrote in the platform's own app: it takes the conversation over. */
export const Echo = MessageBase.extend({ kind: z.literal("echo") });
export type Echo = z.infer<typeof Echo>;

/** How far a message of ours came. With `until` instead of an id it holds for all of the thread up to that moment. */
export const Receipt = z.object({
  kind: z.literal("receipt"),
  externalId: PlatformId.optional(),
  /** Our own key of the part, where the platform repeats it: it settles a part whose answer never came. */
  key: PlatformId.optional(),
  threadKey: PlatformId.optional(),
  until: z.date().optional(),
  status: z.enum(["sent", "delivered", "read", "failed"]),
  at: z.date(),
  failure: z.object({ code: z.string().max(100), words: z.string().max(500) }).optional(),
});
export type Receipt = z.infer<typeof Receipt>;

export const Reaction = z.object({
  kind: z.literal("reaction"),
  externalId: PlatformId,
  threadKey: PlatformId,
  senderId: PlatformId,
  /** Absent when the reaction was taken back. */
  emoji: z.string().max(64).optional(),
  at: z.date(),
});
export type Reaction = z.infer<typeof Reaction>;

/** A message was changed, or with no content taken back, by who wrote it. */
export const Edit = z.object({
  kind: z.literal("edit"),
  externalId: PlatformId,
  threadKey: PlatformId,
  content: Text.pipe(z.string().max(40_000)).optional(),
  at: z.date(),
});
export type Edit = z.infer<typeof Edit>;

/** Something that is no message and still changes what we know. */
export const Action = z.object({
  kind: z.literal("action"),
  name: z.enum(["typing", "blocked", "unblocked", "renumbered", "opened", "credentials_revoked"]),
  threadKey: PlatformId.optional(),
  senderId: PlatformId.optional(),
  /** The new id of a sender whose number changed. */
  newSenderId: PlatformId.optional(),
  at: z.date(),
});
export type Action = z.infer<typeof Action>;

/** One thing that a delivery of a platform tells. */
export const Incoming = z.discriminatedUnion("kind", [UnifiedMessage, Echo, Receipt, Reaction, Edit, Action]);
export type Incoming = z.infer<typeof Incoming>;

/** What was found when a connection was tried: one line each, in words for the person who set it up. */
export const CheckReport = z.object({
  ok: z.boolean(),
  /** The account that the credentials belong to, as people know it: a number, a bot's name. */
  account: z.string().optional(),
  lines: z.array(z.object({ ok: z.boolean(), text: z.string() })),
});
export type CheckReport = z.infer<typeof CheckReport>;

/** The address that a platform delivers to. */
export const WebhookPath = z.object({
  companyId: Id,
  agentId: Id,
  channel: PlatformName,
  webhookId: z.string().min(20).max(100),
});

/** One file of ours, under an address that was signed for a platform. */
export const FilePath = z.object({ companyId: Id, attachmentId: Id });
export const FileQuery = z.object({
  until: z.coerce.number().int().positive(),
  signature: z.string().min(1).max(100),
});
