import type { ConnectionView } from "#contracts/connections";

export type Condition = {
  kind: "working" | "new" | "attention" | "silent" | "paused" | "revoked" | "locked";
  tone: "green" | "accent" | "amber" | "neutral" | "red";
  word: string;
};

const conditions: Record<Condition["kind"], Omit<Condition, "kind">> = {
  working: { tone: "green", word: "Working" },
  new: { tone: "accent", word: "Nothing received yet" },
  attention: { tone: "amber", word: "Needs attention" },
  silent: { tone: "amber", word: "Unusually quiet" },
  paused: { tone: "neutral", word: "Paused" },
  revoked: { tone: "red", word: "Credentials refused" },
  locked: { tone: "red", word: "Secrets locked" },
};

/** How a connection is, in one word: the gravest thing first. */
export function conditionOf(connection: ConnectionView): Condition {
  const kind = kindOf(connection);
  return { kind, ...conditions[kind] };
}

function kindOf({ state, health }: ConnectionView): Condition["kind"] {
  if (state !== "active") return state;
  if (refusesNow(health) || holdsTrouble(health)) return "attention";
  if (health.silentSince !== undefined) return "silent";
  return health.lastReceivedAt === undefined ? "new" : "working";
}

/** The newest delivery was refused: what comes now does not get in. */
export function refusesNow({ rejections, lastReceivedAt = "" }: ConnectionView["health"]): boolean {
  return rejections.some(({ lastAt }) => lastAt > lastReceivedAt);
}

/** The last thing we sent went wrong, and nothing was sent since. */
export function errsNow({ lastError, lastSentAt = "" }: ConnectionView["health"]): boolean {
  return lastError !== undefined && lastError.at > lastSentAt;
}

function holdsTrouble(health: ConnectionView["health"]): boolean {
  const { quarantined, outgoing } = health;
  return quarantined + outgoing.failed + outgoing.unknown > 0 || errsNow(health);
}
