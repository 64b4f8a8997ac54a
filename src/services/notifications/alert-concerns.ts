import type { State } from "#contracts/conversation";
import type { AlertKind } from "#contracts/notifications";

/** An entry of the log that may concern somebody, beside what its conversation is by now. */
export type Heard = {
  conversationId: string;
  seq: number;
  at: Date;
  /** Absent for a message. */
  change?: { operatorId?: string; state: State };
  /** Absent for a change of state. */
  message?: {
    author: "customer" | "agent" | "operator" | "system";
    internal: boolean;
    named: string[];
    whisper: boolean;
  };
  /** Who caused it, where it was an operator. */
  by?: string;
  now: { state: State; holder?: string; teamId?: string; operatorRead: number };
};

/** One operator is told one thing. */
export type Telling = {
  userId: string;
  kind: AlertKind;
  conversationId: string;
  seq: number;
  at: Date;
};

/**
 * Whom an entry of the log concerns, and how. What is settled by now, because somebody took the conversation or read the
 * words, concerns nobody; what somebody did concerns others than them. `everyone` are the operators of the conversation's
 * team, or of the company.
 */
export function concernsOf(heard: Heard, everyone: readonly string[]): Telling[] {
  return concerned(heard, everyone)
    .filter(({ userId }) => userId !== heard.by)
    .map(({ userId, kind }) => ({
      userId,
      kind,
      conversationId: heard.conversationId,
      seq: heard.seq,
      at: heard.at,
    }));
}

type Concern = { userId: string; kind: AlertKind };

function concerned(heard: Heard, everyone: readonly string[]): Concern[] {
  if (heard.change !== undefined) return byChange(heard.change, heard.now, everyone);
  return heard.message === undefined ? [] : byMessage(heard.message, heard);
}

function byChange(
  change: NonNullable<Heard["change"]>,
  now: Heard["now"],
  everyone: readonly string[],
): Concern[] {
  if (change.state === "WAITING_HUMAN" && now.state === "WAITING_HUMAN") {
    return everyone.map((userId) => ({ userId, kind: "escalation" }));
  }
  const { operatorId } = change;
  return operatorId !== undefined && operatorId === now.holder
    ? [{ userId: operatorId, kind: "assigned" }]
    : [];
}

function byMessage(
  { author, internal, named, whisper }: NonNullable<Heard["message"]>,
  { seq, now }: Heard,
): Concern[] {
  if (internal) {
    const called = whisper && now.holder !== undefined ? [...named, now.holder] : named;
    return [...new Set(called)].map((userId) => ({ userId, kind: "mention" }));
  }
  if (author !== "customer" || now.holder === undefined || now.operatorRead >= seq) return [];
  return [{ userId: now.holder, kind: "message" }];
}

/** The same things told to the same operator in one go become one telling that counts them. */
export function gathered(tellings: Telling[]): (Telling & { count: number })[] {
  const together = new Map<string, Telling & { count: number }>();
  for (const telling of tellings) {
    const key = `${telling.userId} ${telling.kind} ${telling.conversationId}`;
    const before = together.get(key);
    if (before === undefined) together.set(key, { ...telling, count: 1 });
    else if (telling.seq > before.seq) together.set(key, { ...telling, count: before.count + 1 });
  }
  return [...together.values()];
}
