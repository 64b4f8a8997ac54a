import { type CallStatus, type CallView, callsAPage, isLive, type LiveCall } from "#contracts/calls";

/** The calls of a conversation after one was told of: what was told before never takes the place of what came later. */
export function callIn(calls: CallView[] | undefined, { call }: { call: CallView }): CallView[] {
  const known = calls?.find(({ id }) => id === call.id);
  if (known && rankOf(call.status) < rankOf(known.status)) return calls ?? [];
  return [...(calls ?? []).filter(({ id }) => id !== call.id), call];
}

type Calls = { calls?: CallView[] | undefined };

/** The calls of a fetched conversation, with the older ones that were loaded before. */
export function knownCalls(
  { calls }: Calls,
  before: (Calls & { moreCalls: boolean }) | undefined,
): { calls?: CallView[]; moreCalls: boolean } {
  if (calls === undefined) return { moreCalls: false };
  const full = calls.length >= callsAPage;
  const oldest = oldestCall(calls);
  // Only what joins without a hole may stay.
  const joins = full && before?.calls?.some(({ id }) => id === oldest?.id);
  if (!joins) return { calls, moreCalls: full };
  return { calls: olderCalls(calls, before?.calls ?? []), moreCalls: before?.moreCalls ?? full };
}

/** Calls with those of others that began before them. */
export function olderCalls(calls: CallView[], others: CallView[]): CallView[] {
  const first = oldestCall(calls)?.seq ?? Number.POSITIVE_INFINITY;
  return [...others.filter(({ seq }) => seq < first), ...calls];
}

/** The call that the log told of first. */
export function oldestCall(calls: CallView[] | undefined): CallView | undefined {
  return calls?.toSorted((a, b) => a.seq - b.seq)[0];
}

/** The call that goes on after this was told of one. */
export function liveAfter(before: LiveCall | undefined, call: CallView): LiveCall | undefined {
  const { id, direction, status, startedAt } = call;
  if (isLive(status)) return { id, direction, status, startedAt };
  return before?.id === id ? undefined : before;
}

const ranks: Partial<Record<CallStatus, number>> = { queued: 0, ringing: 1, in_progress: 2 };

function rankOf(status: CallStatus): number {
  return ranks[status] ?? 3;
}
