import { z } from "zod";
import { CompanyName, Email, Role } from "./accounts.ts";
import { TopicName } from "./attributes.ts";
import { Rules, RuleWords } from "./escalation.ts";
import { Cursor, Id, Moment, Origin, Text } from "./primitives.ts";

// Company ----------------------------------------------------------------------------------------------------

export const CompanyView = z.object({
  id: Id,
  name: z.string(),
  demo: z.boolean(),
  createdAt: Moment,
});
export type CompanyView = z.infer<typeof CompanyView>;

export const RenameCompanyBody = z.object({ name: CompanyName });

// Members and invitations ------------------------------------------------------------------------------------

export const MemberView = z.object({
  userId: Id,
  name: z.string(),
  email: z.string(),
  image: z.string().optional(),
  role: Role,
  joinedAt: Moment,
});
export type MemberView = z.infer<typeof MemberView>;

export const MemberPath = z.object({ userId: Id });
export const ChangeRoleBody = z.object({ role: Role });

export const InvitationView = z.object({
  id: Id,
  email: z.string(),
  role: Role,
  status: z.enum(["pending", "accepted", "revoked", "expired"]),
  invitedBy: z.string(),
  /** The link to pass on; works without any mail. */
  url: z.string(),
  expiresAt: Moment,
  createdAt: Moment,
});
export type InvitationView = z.infer<typeof InvitationView>;

export const InviteBody = z.object({ email: Email, role: Role.default("operator") });
export const InvitationPath = z.object({ invitationId: Id });

// AI agents --------------------------------------------------------------------------------------------------

const text = (most: number) => Text.pipe(z.string().max(most, `Use at most ${most} letters.`));

export const AgentView = z.object({
  id: Id,
  name: z.string(),
  instructions: z.string(),
  greeting: z.string(),
  suggestions: z.array(z.string()),
  topics: z.array(z.string()),
  color: z.string(),
  language: z.string(),
  allowedOrigins: z.array(z.string()),
  version: z.number().int().positive(),
  /** One line of HTML that puts the chat on a page. */
  embed: z.string(),
  createdAt: Moment,
  updatedAt: Moment,
});
export type AgentView = z.infer<typeof AgentView>;

const agentFields = {
  name: Text.transform((value) => value.trim()).pipe(
    z.string().min(1, "Give the assistant a name.").max(60, "Use at most 60 letters."),
  ),
  instructions: text(8_000),
  greeting: text(500),
  suggestions: z
    .array(Text.transform((value) => value.trim()).pipe(z.string().min(1).max(120)))
    .max(5, "Suggest at most five questions."),
  topics: z.array(TopicName).max(8, "Suggest at most eight topics."),
  color: z.string().regex(/^#[0-9a-fA-F]{6}$/, "Use a colour such as #2f5d50."),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "Use a language tag such as en or de."),
  allowedOrigins: z.array(Origin).max(50),
};

export const CreateAgentBody = z.object({
  name: agentFields.name,
  instructions: agentFields.instructions.default(""),
  greeting: agentFields.greeting.default(""),
  suggestions: agentFields.suggestions.default([]),
  topics: agentFields.topics.default([]),
  color: agentFields.color.default("#2f5d50"),
  language: agentFields.language.default("en"),
  allowedOrigins: agentFields.allowedOrigins.default([]),
});
export type CreateAgentBody = z.infer<typeof CreateAgentBody>;

/** Only what is said changes. `version` guards against overwriting somebody else's save. */
export const SaveAgentBody = z.object(agentFields).partial().extend({
  version: z.number().int().positive().optional(),
});
export type SaveAgentBody = z.infer<typeof SaveAgentBody>;

export const AgentPath = z.object({ agentId: Id });

// API keys ---------------------------------------------------------------------------------------------------

export const KeyScope = z.enum(["conversations:read", "conversations:write", "admin"]);
export type KeyScope = z.infer<typeof KeyScope>;

export const CreateKeyBody = z.object({
  name: Text.transform((value) => value.trim()).pipe(
    z.string().min(1, "Name what will use this key.").max(80, "Use at most 80 letters."),
  ),
  scopes: z.array(KeyScope).min(1, "Choose at least one scope.").max(3),
  /** Left out, the key works until it is revoked. */
  expiresInDays: z.number().int().min(1).max(3_650).optional(),
});
export type CreateKeyBody = z.infer<typeof CreateKeyBody>;

export const KeyView = z.object({
  id: Id,
  name: z.string(),
  /** The first letters of the key; the rest is not kept. */
  prefix: z.string(),
  scopes: z.array(KeyScope),
  state: z.enum(["active", "expired", "revoked"]),
  createdAt: Moment,
  lastUsedAt: Moment.optional(),
  expiresAt: Moment.optional(),
});
export type KeyView = z.infer<typeof KeyView>;

/** The only answer that ever holds the whole key. */
export const CreatedKey = KeyView.extend({ key: z.string() });
export type CreatedKey = z.infer<typeof CreatedKey>;

export const KeyPath = z.object({ keyId: Id });

// Audit ------------------------------------------------------------------------------------------------------

export const AuditEntry = z.object({
  id: Id,
  actor: z.object({
    kind: z.enum(["operator", "key", "customer", "system"]),
    id: z.string().optional(),
    name: z.string().optional(),
  }),
  action: z.string(),
  object: z.string().optional(),
  detail: z.record(z.string(), z.unknown()),
  createdAt: Moment,
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditQuery = z.object({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const AuditPage = z.object({ entries: z.array(AuditEntry), next: z.string().optional() });
export type AuditPage = z.infer<typeof AuditPage>;

// Escalation rules -------------------------------------------------------------------------------------------

export const PublishRulesBody = z.object({
  rules: Rules,
  /** Left out, the words published last stay. */
  words: RuleWords.optional(),
  note: z.string().trim().max(500).optional(),
  /** The version that was edited; guards against overwriting somebody else's. */
  basedOn: z.number().int().nonnegative().optional(),
});
