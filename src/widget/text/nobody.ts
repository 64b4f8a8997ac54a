import type { MessageView, Notice, StateView } from "#contracts/conversation";

/** What is known of a wait during which nobody is there; undefined while somebody is. */
export function nobodyThere(
  { estimateMinutes }: Pick<StateView, "estimateMinutes">,
  messages: readonly Pick<MessageView, "notice">[],
): Pick<Notice, "backAt" | "asks"> | undefined {
  // Only who is there makes an estimate.
  if (estimateMinutes !== undefined) return undefined;
  const begin = messages.findLastIndex(({ notice }) => notice?.kind === "escalated");
  const told = messages
    .slice(begin + 1)
    .flatMap(({ notice }) => (notice?.kind === "no_operators" ? notice : []));
  // A reminder says only that it still is so: what was said first holds.
  const most = told.findLast(({ backAt, asks }) => backAt ?? asks) ?? told.at(-1);
  return most && { backAt: most.backAt, asks: most.asks };
}

/** Says that nobody is there, and when somebody is again on the clock of the reader. */
export function nobodyHere(backAt: string | undefined, now = Date.now()): string {
  if (backAt === undefined) return "Nobody is free at this moment";
  const at = new Date(backAt);
  if (at.getTime() <= now) return "We are back, and will be with you soon";
  const far = at.getTime() - now > 6 * 86_400_000;
  const day = far ? ({ day: "numeric", month: "long" } as const) : ({ weekday: "long" } as const);
  return `Nobody is here right now. We are back ${at.toLocaleString([], { ...day, hour: "2-digit", minute: "2-digit" })}`;
}
