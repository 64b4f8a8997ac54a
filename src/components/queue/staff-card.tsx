"use client";

import { useState } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { OperatorDesk } from "#contracts/desk";
import { inOrder } from "./board-facts.ts";

/** Who is there, and how full their hands are. */
export function StaffCard({ operators }: { operators: OperatorDesk[] | undefined }) {
  const [all, setAll] = useState(false);
  const people = inOrder(operators ?? []);
  const here = people.filter(({ status }) => status !== "offline");
  const shown = all ? people : here;
  return (
    <Card>
      <CardHeader title="Operators" />
      {operators === undefined ? <Skeleton className="mx-5 my-4 h-8" /> : undefined}
      <ul>
        {shown.map((person) => (
          <Person key={person.id} person={person} />
        ))}
      </ul>
      {operators !== undefined && here.length === 0 && !all ? (
        <p className="px-5 py-4 text-ink-2 text-sm">
          Nobody is here. Customers are told when you are back, and asked for an address.
        </p>
      ) : undefined}
      {people.length > here.length ? (
        <Button
          variant="ghost"
          size="sm"
          aria-expanded={all}
          className="mx-2.5 my-2"
          onClick={() => setAll((before) => !before)}
        >
          {all ? "Hide who is offline" : `Show ${people.length - here.length} offline`}
        </Button>
      ) : undefined}
    </Card>
  );
}

function Person({ person: { name, image, status, load, capacity } }: { person: OperatorDesk }) {
  const full = load >= capacity;
  const share = capacity === 0 ? 100 : Math.min(100, (100 * load) / capacity);
  return (
    <li className={cn("flex items-center gap-3 px-5 py-2.5", status === "offline" && "opacity-70")}>
      <Avatar name={name} image={image} status={status} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline justify-between gap-2">
          <bdi className="truncate font-medium text-sm">{name}</bdi>
          <span className="shrink-0 text-ink-3 text-xs tabular-nums">
            <span className="sr-only">{status}, holds </span>
            {load}
            <span aria-hidden> / </span>
            <span className="sr-only"> of </span>
            {capacity}
          </span>
        </p>
        <div aria-hidden className="mt-1.5 h-1 overflow-hidden rounded-full bg-hover">
          <div
            className={cn("h-full rounded-full", full ? "bg-amber" : "bg-accent")}
            style={{ inlineSize: `${share}%` }}
          />
        </div>
        {status === "online" ? undefined : <p className="mt-1 text-ink-3 text-xs capitalize">{status}</p>}
        {status === "online" && full ? <p className="mt-1 text-amber-ink text-xs">No room</p> : undefined}
      </div>
    </li>
  );
}
