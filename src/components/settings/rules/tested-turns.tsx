import { CircleCheck, CircleDot, Split } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import type { TestedRules, TestedTurn } from "#contracts/rules";
import { TraceTable } from "./trace-table.tsx";

export const outcomeLooks = {
  escalate: { icon: Split, look: "text-amber-ink", name: "A person is called" },
  offer: { icon: CircleDot, look: "text-accent-ink", name: "A person is offered" },
  none: { icon: CircleCheck, look: "text-ink-3", name: "The assistant goes on" },
};

/** What the rules make of each turn, the decisive one open. */
export function TestedTurns({ tested }: { tested: TestedRules }) {
  const { icon: Icon, look, name } = outcomeLooks[tested.outcome];
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-start gap-2">
        <Icon aria-hidden className={cn("mt-0.5 size-5 shrink-0", look)} />
        <span>
          <span className={cn("block font-medium text-base", look)}>{name}</span>
          <span className="block text-ink-2 text-sm">{tested.sentence}</span>
        </span>
      </p>
      {tested.more ? <p className="text-ink-3 text-xs">Only the newest turns were tried.</p> : undefined}
      <ol className="flex flex-col gap-2">
        {tested.turns.map((turn, index) => (
          <li key={turn.seq ?? index}>
            <Turn
              turn={turn}
              open={tested.turns.length === 1 || index === tested.decidedBy}
              said={tested.sentence}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Turn({ turn, open, said }: { turn: TestedTurn; open: boolean; said: string }) {
  const { name, look } = outcomeLooks[turn.verdict.outcome];
  return (
    <details open={open} className="rounded-lg border border-line">
      <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-2 px-3 py-2 text-sm">
        <span dir="auto" className="line-clamp-1 min-w-0 flex-1 text-ink">
          {turn.text}
        </span>
        <span className={cn("shrink-0 text-xs", look)}>{name}</span>
      </summary>
      <div className="flex flex-col gap-2 border-line border-t px-3 py-3">
        {turn.verdict.sentence === said ? undefined : (
          <p className="text-ink-2 text-sm">{turn.verdict.sentence}</p>
        )}
        {turn.recorded ? (
          <p className="text-ink-3 text-xs">
            Decided then{turn.recorded.version === undefined ? "" : ` by version ${turn.recorded.version}`}:{" "}
            {turn.recorded.sentence}
          </p>
        ) : undefined}
        <TraceTable trace={turn.verdict.trace} />
      </div>
    </details>
  );
}
