import { Check, Minus } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { cn } from "#components/ui/cn.ts";
import { TableHead } from "#components/ui/table-head.tsx";
import type { RuleTrace } from "#contracts/escalation";
import { byNearness, shownNumber } from "#contracts/rule-words";

const columns = [
  { name: "Rule" },
  { name: "Needed", number: true },
  { name: "Found", number: true },
  { name: "Missed by", number: true },
] as const;

/** The rules of one turn: those that fired first, then those that did not, the nearest in front. */
export function TraceTable({ trace }: { trace: RuleTrace[] }) {
  const rules = trace.toSorted(byNearness);
  return (
    <section
      aria-label="Rules tried"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard.
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line"
    >
      <table className="w-full min-w-[28rem] text-sm">
        <TableHead columns={columns} className="bg-sunken" cellClassName="px-3 py-1.5" />
        <tbody>
          {rules.map((rule) => (
            <tr
              key={rule.ruleId}
              className={cn(
                "border-line border-b align-top last:border-b-0",
                rule.fired && "bg-amber-soft/60",
              )}
            >
              <th scope="row" className="px-3 py-2 text-start font-normal">
                <span className="flex flex-wrap items-center gap-1.5 font-medium text-ink">
                  {rule.name}
                  <Result rule={rule} />
                </span>
                <span dir="auto" className="mt-0.5 block text-ink-3 text-xs">
                  {rule.sentence}
                </span>
              </th>
              <td className="px-3 py-2 text-end text-ink-2 tabular-nums">{shown(rule.threshold)}</td>
              <td className="px-3 py-2 text-end text-ink-2 tabular-nums">{shown(rule.value)}</td>
              <td className="px-3 py-2 text-end text-ink-2 tabular-nums">{shown(rule.nearMiss)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Result({ rule }: { rule: RuleTrace }) {
  if (rule.fired) {
    return (
      <Badge tone="amber">
        <Check aria-hidden />
        {rule.decides ? "Decides" : "Fires"}
      </Badge>
    );
  }
  if (!rule.enabled) return <Badge>Off</Badge>;
  return (
    <Badge>
      <Minus aria-hidden />
      Does not fire
    </Badge>
  );
}

function shown(value: RuleTrace["value"]): string {
  if (value === undefined) return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return shownNumber(value);
  // A list of words is told by the sentence.
  return value.length > 14 ? "–" : value;
}
