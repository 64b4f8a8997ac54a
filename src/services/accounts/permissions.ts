import type { Role } from "#contracts/accounts";
import type { KeyScope } from "#contracts/admin";
import { AppError } from "#lib/errors";
import type { Who } from "./who.ts";

type Rule = { roles: readonly Role[]; scope: KeyScope | undefined; words: string };

const everyone: readonly Role[] = ["owner", "admin", "operator"];
const leaders: readonly Role[] = ["owner", "admin"];

/** Who may do what: the roles that may, the key scope that may, and how the settings page says it. */
export const permissions = {
  "conversations:read": {
    roles: everyone,
    scope: "conversations:read",
    words: "Read conversations and why they escalated",
  },
  "conversations:write": {
    roles: everyone,
    scope: "conversations:write",
    words: "Answer, claim, transfer and resolve conversations",
  },
  "shared:write": {
    roles: leaders,
    scope: "conversations:write",
    words: "Change canned responses, macros and views that others have shared",
  },
  "members:read": { roles: everyone, scope: "conversations:read", words: "See who works here" },
  "articles:read": { roles: everyone, scope: "conversations:read", words: "Read help articles" },
  "articles:write": { roles: leaders, scope: "admin", words: "Write and import help articles" },
  "agents:read": { roles: everyone, scope: "conversations:read", words: "See how the AI agent is set up" },
  "agents:write": { roles: leaders, scope: "admin", words: "Change the AI agent and where it may appear" },
  "rules:read": { roles: everyone, scope: "conversations:read", words: "See the escalation rules" },
  "rules:write": { roles: leaders, scope: "admin", words: "Change the escalation rules" },
  "desk:read": {
    roles: everyone,
    scope: "conversations:read",
    words: "See teams, office hours, service levels and the queue",
  },
  "desk:write": {
    roles: leaders,
    scope: "admin",
    words: "Set up teams, office hours, service levels and routing",
  },
  "connections:read": {
    roles: leaders,
    scope: "admin",
    words: "See how channels are connected, and how they do",
  },
  "connections:write": { roles: leaders, scope: "admin", words: "Connect and change channels" },
  "members:write": { roles: leaders, scope: "admin", words: "Invite and remove people, change their roles" },
  "company:write": { roles: leaders, scope: "admin", words: "Rename the company" },
  "keys:write": { roles: leaders, scope: "admin", words: "Make and revoke API keys" },
  "audit:read": { roles: leaders, scope: "admin", words: "Read the audit log" },
  "owners:write": { roles: ["owner"], scope: undefined, words: "Make and unmake owners" },
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof permissions;

/** The names of all permissions, in the order they are shown. */
export const permissionNames = Object.keys(permissions) as Permission[];

/** Says whether someone may do something; customers never may, Baton itself always. */
export function can(who: Who, permission: Permission): boolean {
  const { roles, scope }: Rule = permissions[permission];
  switch (who.kind) {
    case "operator":
      return roles.includes(who.role);
    case "key":
      return scope !== undefined && who.scopes.includes(scope);
    case "system":
      return true;
    case "customer":
      return false;
  }
}

/** Lets through who may do something. Throws `forbidden` otherwise. */
export function must(who: Who, permission: Permission): void {
  if (can(who, permission)) return;
  const reason =
    who.kind === "key" ? "This API key does not have the scope for it." : "Your role does not allow this.";
  throw new AppError("forbidden", reason, { details: { permission } });
}

/** Everything that someone may do. */
export function permissionsOf(who: Who): Permission[] {
  return permissionNames.filter((permission) => can(who, permission));
}
