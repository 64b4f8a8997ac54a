import { Check, Minus } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { cn } from "#components/ui/cn.ts";
import { TableHead } from "#components/ui/table-head.tsx";
import type { RuleTrace } from "#contracts/escalation";
import { byNearness } from "#contracts/rule-words";

const columns = [
  { name: "Rule" },
  { name: "Needed", number: true },
  { name: "Found", number: true },
  { name: "Result", number: true },
] as const;

/** Every rule that was tried on a turn: what it looked at, what it needed, what it found. */
export function Ledger({ trace }: { trace: RuleTrace[] }) {
  if (trace.length === 0) return <p className="px-2 pb-2 ps-8 text-ink-3 text-xs">No rule was tried.</p>;
  return (
    <section
      aria-label="Rules tried"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard.
      tabIndex={0}
      className="mx-2 mb-2 overflow-x-auto rounded-md border border-line bg-surface"
    >
      <table className="w-full text-xs">
        <TableHead columns={columns} className="text-2xs" cellClassName="px-2 py-1.5" />
        {trace.toSorted(byNearness).map((rule) => (
          <tbody
            key={rule.ruleId}
            className={cn(
              "border-line border-b last:border-b-0",
              rule.fired && "bg-amber-soft/60",
              !rule.enabled && "text-ink-3",
            )}
          >
            <tr>
              <th scope="row" className="px-2 pt-1.5 text-start font-medium">
                {rule.name}
              </th>
              <td className="px-2 pt-1.5 text-end text-ink-2 tabular-nums">{measure(rule.threshold)}</td>
              <td className="px-2 pt-1.5 text-end text-ink-2 tabular-nums">{measure(rule.value)}</td>
              <td className="whitespace-nowrap px-2 pt-1.5 text-end">
                <Result rule={rule} />
              </td>
            </tr>
            <tr>
              <td colSpan={4} className="px-2 pb-2 text-ink-3 [overflow-wrap:anywhere]">
                <span dir="auto">{rule.sentence}</span>
                {rule.nearMiss === undefined ? undefined : (
                  <span className="text-ink-2"> Missed by {measure(rule.nearMiss)}.</span>
                )}
                {rule.when ? (
                  <ul aria-label="Besides" className="mt-0.5 flex flex-col gap-0.5 text-2xs">
                    {rule.when.facts.map((fact) => (
                      <li key={`${fact.input} ${fact.sentence}`} dir="auto">
                        {factSigns[fact.state]} {fact.sentence}
                      </li>
                    ))}
                  </ul>
                ) : undefined}
                {rule.input ? (
                  <span dir="auto" className="mt-0.5 line-clamp-2 text-2xs">
                    Looked at: {rule.input}
                  </span>
                ) : undefined}
              </td>
            </tr>
          </tbody>
        ))}
      </table>
    </section>
  );
}

const factSigns = { met: "Holds:", missed: "Does not hold:", unmeasured: "Not measured:" };

function Result({ rule }: { rule: RuleTrace }) {
  if (rule.fired) {
    return (
      <Badge tone="amber">
        <Check aria-hidden />
        {rule.decides ? "Decided" : "Fired"}
      </Badge>
    );
  }
  if (!rule.enabled) return <span className="text-ink-3">Off</span>;
  return (
    <span className="inline-flex items-center gap-1 text-ink-3">
      <Minus className="size-3" aria-hidden />
      No
    </span>
  );
}

function measure(value: RuleTrace["value"]): string {
  if (value === undefined) return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(Math.round(value * 100) / 100);
  // A list of words is told by the sentence below.
  return value.length > 12 ? "–" : value;
}
