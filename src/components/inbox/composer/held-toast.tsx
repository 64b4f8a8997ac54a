"use client";

import { useNow } from "#components/inbox/use-now.ts";
import { toast } from "#components/ui/toaster.tsx";
import type { Held } from "./held.ts";
import { holdFor, holdOf, useHeld } from "./hold.ts";

type Props = { me: string; held: Held; onTakeBack: () => void };

/** Tells for a few seconds that a reply is about to leave, and how it is taken back. */
export function showHeld({ me, held, onTakeBack }: Props) {
  const { clientId } = held;
  toast(<Leaving me={me} held={held} />, {
    id: `held:${clientId}`,
    duration: holdFor,
    action: { label: "Undo", onClick: onTakeBack },
    cancel: { label: "Send now", onClick: () => holdOf(me).release(clientId) },
  });
}

/** The toast has no more to say. */
export function hideHeld(clientId: string) {
  toast.dismiss(`held:${clientId}`);
}

function Leaving({ me, held: { clientId, customer, leavesAt, along } }: { me: string; held: Held }) {
  const waits = useHeld(me).some((held) => held.clientId === clientId);
  const resolves = typeof along === "object" && along !== null && "thenResolve" in along;
  return (
    <span className="text-sm">
      <span className="line-clamp-1">
        Reply to <bdi className="font-medium">{customer}</bdi>
      </span>
      <span className="block text-ink-3 text-xs tabular-nums">
        {waits ? <SecondsLeft until={leavesAt} /> : "Sent"}
        {waits && resolves ? ", then resolves" : ""}
      </span>
    </span>
  );
}

/** How long there is to take something back. */
export function SecondsLeft({ until }: { until: number }) {
  const now = useNow() || Date.now();
  const seconds = Math.max(1, Math.ceil((until - now) / 1_000));
  return `Leaves in ${seconds} s`;
}
