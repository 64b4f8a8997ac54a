"use client";

import { elapsed } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { cn } from "#components/ui/cn.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { QueueBoard } from "#contracts/desk";
import { factsOf } from "./board-facts.ts";

/** The queue in four numbers. */
export function QueueFacts({ board }: { board: QueueBoard | undefined }) {
  const now = useNow();
  const facts = board && factsOf(board, now);
  const first = facts?.longestSince;
  return (
    <dl
      aria-label="Right now"
      className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line shadow-xs sm:grid-cols-4"
    >
      <Fact name="Waiting" value={facts && String(facts.waiting)} alarming={(facts?.waiting ?? 0) > 0} />
      <Fact
        name="Longest wait"
        value={facts && (first === undefined || now === 0 ? "–" : elapsed(first, now))}
        alarming={first !== undefined}
      />
      <Fact name="Late" value={facts && String(facts.late)} alarming={(facts?.late ?? 0) > 0} />
      <Fact
        name="Operators online"
        value={facts && String(facts.online)}
        aside={facts && (facts.room === 1 ? "room for 1" : `room for ${facts.room}`)}
      />
    </dl>
  );
}

type FactProps = {
  name: string;
  value: string | undefined;
  aside?: string | undefined;
  alarming?: boolean;
};

function Fact({ name, value, aside, alarming = false }: FactProps) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="flex items-center gap-1.5 text-ink-3 text-xs">
        {alarming ? <span aria-hidden className="size-1.5 rounded-full bg-amber" /> : undefined}
        {name}
      </dt>
      <dd
        className={cn("mt-0.5 font-semibold text-lg tabular-nums", alarming ? "text-amber-ink" : "text-ink")}
      >
        {value === undefined ? <Skeleton className="my-1 h-4 w-10" /> : value}
        {aside ? <span className="ms-2 font-normal text-ink-3 text-xs">{aside}</span> : undefined}
      </dd>
    </div>
  );
}
