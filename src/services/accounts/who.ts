import type { Role } from "#contracts/accounts";
import type { KeyScope } from "#contracts/admin";

/** A person of the company who is signed in. */
export type OperatorWho = {
  kind: "operator";
  companyId: string;
  userId: string;
  name: string;
  role: Role;
  /** The sign-in that this rests on; ends with it. */
  sessionId?: string;
};

/** A program of the company, by its API key. */
export type KeyWho = {
  kind: "key";
  companyId: string;
  keyId: string;
  scopes: readonly KeyScope[];
  name: string;
};

/** The customer of one web chat. */
export type CustomerWho = {
  kind: "customer";
  companyId: string;
  sessionId: string;
  conversationId: string;
  contactId: string;
  agentId: string;
};

/** Baton itself: jobs and the first start. */
export type SystemWho = { kind: "system"; companyId: string };

/** Who asks: the first argument of every command. */
export type Who = OperatorWho | KeyWho | CustomerWho | SystemWho;

/** A person of the company or one of its programs. */
export type Staff = OperatorWho | KeyWho;
