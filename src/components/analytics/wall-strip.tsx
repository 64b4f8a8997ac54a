"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useWall } from "./data.ts";
import { durationWords } from "./words.ts";

/** How things stand this very moment. */
export function WallStrip() {
  const { data: wall, isError } = useWall();
  const now = useSecond();
  const longest = wall?.longestSince === undefined ? undefined : now - Date.parse(wall.longestSince);
  const away = wall === undefined || wall.operatorsAway === 0 ? "" : `${wall.operatorsAway} away`;
  return (
    <section aria-label="Right now" className="rounded-xl border border-line bg-surface shadow-xs">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl bg-line sm:grid-cols-5">
        <Stand name="Open" value={wall?.open} />
        <Stand name="With the assistant" value={wall?.withAi} href="/inbox?view=ai" />
        <Stand
          name="Waiting for a person"
          value={wall?.waiting}
          alarming={(wall?.waiting ?? 0) > 0}
          href="/queue"
        />
        <Stand
          name="Longest wait"
          value={wall && (longest === undefined ? "–" : durationWords(Math.max(0, longest / 1_000)))}
          alarming={longest !== undefined}
          href="/queue"
        />
        <Stand
          name="Operators online"
          value={wall?.operatorsOnline}
          aside={away}
          href="/queue"
          className="col-span-2 sm:col-span-1"
        />
      </dl>
      <p role="status" className={isError ? "px-4 py-2 text-ink-3 text-xs" : "sr-only"}>
        {isError ? "These have stopped moving: the server cannot be reached." : ""}
      </p>
    </section>
  );
}

type StandProps = {
  name: string;
  value: number | string | undefined;
  aside?: string;
  /** Where those who are counted stand, one by one. */
  href?: string;
  alarming?: boolean;
  className?: string;
};

function Stand({ name, value, aside, href, alarming = false, className }: StandProps) {
  return (
    <div className={cn("bg-surface px-4 py-3", className)}>
      <dt className="flex items-center gap-1.5 text-ink-3 text-xs">
        {alarming ? <span aria-hidden className="size-1.5 rounded-full bg-amber" /> : undefined}
        {name}
      </dt>
      <dd
        className={cn("mt-0.5 font-semibold text-lg tabular-nums", alarming ? "text-amber-ink" : "text-ink")}
      >
        <Value name={name} href={href} value={value} />
        {aside ? <span className="ms-2 font-normal text-ink-3 text-xs">{aside}</span> : undefined}
      </dd>
    </div>
  );
}

function Value({ name, value, href }: Pick<StandProps, "name" | "value" | "href">) {
  if (value === undefined) return <Skeleton className="my-1 h-4 w-10" />;
  if (href === undefined) return value;
  return (
    <Link
      href={href}
      aria-label={`${name}: ${value}`}
      className="rounded-sm underline-offset-4 hover:underline"
    >
      {value}
    </Link>
  );
}

function useSecond(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
