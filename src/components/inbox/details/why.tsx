"use client";

import { ChevronRight, CircleCheck, CircleDot, Split } from "lucide-react";
import { useState } from "react";
import { useDecisions } from "#components/inbox/data/queries.ts";
import { clock } from "#components/inbox/times.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { DecisionView } from "#contracts/operator";
import { Ledger } from "./ledger.tsx";

/** Why it went, or did not go, to a person: one sentence for each turn, newest first, with every rule behind it. */
export function Why({ conversationId }: { conversationId: string }) {
  const found = useDecisions(conversationId);
  const { data: decisions, isPending } = found;
  if (isPending) return <Skeleton className="h-16" />;
  if (decisions === undefined)
    return <p className="text-ink-3 text-sm">The ledger did not load. Open the conversation again to try.</p>;
  if (decisions.length === 0) {
    return (
      <p className="text-ink-3 text-sm">
        Nothing was decided yet. Each message of the customer leaves a line here.
      </p>
    );
  }
  return (
    <>
      <ol className="-mx-2 flex flex-col gap-0.5">
        {decisions.map((decision, index) => (
          <Turn key={decision.id} decision={decision} initiallyOpen={index === 0} />
        ))}
      </ol>
      {found.hasNextPage ? (
        <Button
          size="sm"
          variant="ghost"
          busy={found.isFetchingNextPage}
          onClick={() => found.fetchNextPage()}
        >
          Earlier turns
        </Button>
      ) : undefined}
    </>
  );
}

const outcomes = {
  escalate: { icon: Split, look: "text-amber-ink", name: "Went to a person" },
  offer: { icon: CircleDot, look: "text-accent-ink", name: "Offered a person" },
  none: { icon: CircleCheck, look: "text-ink-3", name: "Stayed with the assistant" },
};

const phases = { before_answer: "before the answer", after_answer: "after the answer" };

function Turn({ decision, initiallyOpen }: { decision: DecisionView; initiallyOpen: boolean }) {
  const [open, setOpen] = useState(initiallyOpen);
  const { icon: Icon, look, name } = outcomes[decision.outcome];
  return (
    <li className="rounded-lg hover:bg-hover/40">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-start gap-2 rounded-lg px-2 py-2 text-start"
      >
        <Icon className={cn("mt-0.5 size-4 shrink-0", look)} aria-hidden />
        <span className="min-w-0 flex-1">
          <span
            className={cn("block font-medium text-sm", decision.outcome === "none" ? "text-ink-2" : look)}
          >
            {name}
          </span>
          <span dir="auto" className="block text-ink-2 text-xs leading-[1.125rem]">
            {decision.sentence}
          </span>
          <span className="mt-0.5 block text-2xs text-ink-3 tabular-nums">
            {clock(decision.createdAt)}, message {decision.seq}, {phases[decision.phase]}
          </span>
        </span>
        <ChevronRight
          aria-hidden
          className={cn(
            "mt-0.5 size-3.5 shrink-0 text-ink-3 transition-transform rtl:-scale-x-100",
            open && "rotate-90",
          )}
        />
      </button>
      {open ? (
        <>
          <Ledger trace={decision.trace} />
          <p className="px-2 pb-2 text-2xs text-ink-3 [overflow-wrap:anywhere]">
            {versionWords(decision.versions)}
          </p>
        </>
      ) : undefined}
    </li>
  );
}

/** What was in force on a turn: rules, agent, model and articles, as the ledger kept them. */
function versionWords(versions: DecisionView["versions"]): string {
  const names = { rules: "rules", agent: "agent", model: "model", knowledge: "articles" };
  const said = Object.entries(names).flatMap(([key, name]) => {
    const version = versions[key];
    return typeof version === "string" || typeof version === "number" ? [`${name} ${version}`] : [];
  });
  return said.length === 0 ? "" : `In force: ${said.join(", ")}.`;
}
