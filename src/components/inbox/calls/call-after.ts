import { type CallStatus, type CallView, isLive, type LiveCall } from "#contracts/calls";

/** The calls of a conversation after one was told of: what was told before never takes the place of what came later. */
export function callIn(calls: CallView[] | undefined, { call }: { call: CallView }): CallView[] {
  const known = calls?.find(({ id }) => id === call.id);
  if (known && rankOf(call.status) < rankOf(known.status)) return calls ?? [];
  return [...(calls ?? []).filter(({ id }) => id !== call.id), call];
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
