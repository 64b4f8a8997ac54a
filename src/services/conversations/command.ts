import type { Attributes } from "#contracts/attributes";
import type {
  Answer,
  Attachment,
  AuthorKind,
  Delivery,
  EscalationReason,
  MessageView,
  Move,
  Notice,
  Source,
  State,
} from "#contracts/conversation";
import type { DurableEvent } from "#contracts/events";
import type { DecisionView, HandoverPacket, TemplateChoice } from "#contracts/operator";
import type { MessageData } from "#contracts/structured";
import type { ConversationRecord } from "./record.ts";

export type Audience = "all" | "operators";

export type NewMessage = {
  id?: string;
  author: { kind: AuthorKind; id?: string; name?: string };
  text: string;
  audience?: Audience;
  clientId?: string;
  replyTo?: string;
  sources?: Source[];
  attachments?: Attachment[];
  notice?: Notice;
  answer?: Answer;
  data?: MessageData;
  /** Not sent to the customer's platform: it came from there, or a platform's customer needs no such line. */
  silent?: boolean;
  template?: TemplateChoice;
  choices?: string[];
};

/** Attributes to set, with `null` for none; tags are added and removed one by one, and `wake` ends a snooze that has run out. */
export type AttributesChange = {
  [Key in Exclude<keyof Attributes, "tags" | "wokenAt">]?: Exclude<Attributes[Key], undefined> | null;
} & { addTags?: string[]; removeTags?: string[]; wake?: true };

/** What must still hold when the log is locked; otherwise nothing is written. */
export type Guard = {
  state?: State;
  epoch?: number;
  operatorId?: string;
  lastCustomerSeq?: number;
  /** Nobody but this author has replied to the customer after that number. */
  noReply?: { after: number; but: string };
};

export type Change = {
  move: Move;
  state: State;
  operatorId?: string;
  operatorName?: string;
  waitingSince?: Date;
  reason?: EscalationReason;
  note?: string;
  closedAt?: Date;
  by?: Extract<DurableEvent, { type: "state" }>["by"];
};

export type NewDecision = Omit<DecisionView, "id" | "createdAt" | "seq"> & { seq?: number; runId?: string };

export type Job = {
  task: string;
  payload: Record<string, unknown>;
  queue?: string;
  runAt?: Date;
  key?: string;
  maxAttempts?: number;
};

/** A customer's session as a process remembers it; the names beside its conversation are taken from the conversation itself. */
export type SessionProof = {
  id: string;
  tokenHash: string;
  /** The page's origin, absent on requests of the window itself. */
  origin: string | undefined;
};

export type Append = {
  now: Date;
  /** The id that a client gave its message: the same id twice is one message. */
  clientId?: string;
  /** Who speaks was recognised from memory: nothing is written, and `unauthenticated` thrown, unless it still holds. */
  session?: SessionProof | undefined;
  guard?: Guard;
  /** A change of state; it raises the epoch where it changes the owner. */
  change?: Change;
  offered?: boolean;
  /** A change of what operators know of the conversation besides its words. */
  attributes?: AttributesChange;
  /** Who changed the attributes, where it was a person of the company or one of its programs. */
  by?: Change["by"];
  messages?: NewMessage[];
  /** Starts the AI's answer to the customer's newest message; with a holder it is claimed in the same commit. */
  run?: { id: string; messageId: string; holder?: string; leaseMs?: number };
  /** Ends a run in the same commit; only the holder of its newest fence can. */
  finish?: {
    runId: string;
    fence: number;
    state: "complete" | "interrupted" | "stopped" | "escalated" | "superseded";
    text?: string;
    model?: string;
    detail?: Record<string, unknown>;
  };
  decisions?: NewDecision[];
  escalation?: { reason: EscalationReason; sentence: string; packet: HandoverPacket };
  acceptedBy?: string;
  jobs?: Job[];
  /** The platform's id of the message that this command stores: the same id twice is one message. */
  external?: { connectionId: string; id: string; messageId: string };
  /** How far a message of ours came: forward, or with `waiting` once more from the start. */
  delivery?: { messageId: string; state: Delivery["state"]; code?: string; words?: string };
  /** The stream of the window that asked. */
  from?: string;
};

export type Appended =
  | {
      outcome: "done";
      conversation: ConversationRecord;
      messages: MessageView[];
      seqs: number[];
      superseded: { runId: string; messageId: string }[];
    }
  | { outcome: "duplicate"; conversation: ConversationRecord; message: MessageView }
  | { outcome: "conflict"; conversation: ConversationRecord };
