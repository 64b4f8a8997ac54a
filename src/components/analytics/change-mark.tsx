import { ArrowDown, ArrowUp, Minus } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import type { ReportNumber } from "#contracts/analytics";
import { changeWords } from "./words.ts";

const arrows = { up: ArrowUp, down: ArrowDown, same: Minus };
const spoken = { up: "Up by", down: "Down by", same: "" };

/** How a number changed against the range before: an arrow, by how much, and a colour where one way is better. */
export function ChangeMark({ number }: { number: ReportNumber }) {
  const change = changeWords(number.total, number.previous, number.unit);
  if (change === undefined) return undefined;
  const Arrow = arrows[change.direction];
  const judged = number.better !== undefined && change.direction !== "same";
  const good = change.direction === number.better;
  return (
    <span
      className={cn(
        "inline-flex items-center gap-0.5 whitespace-nowrap font-medium text-xs tabular-nums",
        !judged && "text-ink-3",
        judged && (good ? "text-green-ink" : "text-red-ink"),
      )}
    >
      <Arrow className="size-3" aria-hidden />
      <span className="sr-only">{spoken[change.direction]} </span>
      {change.words}
      {judged ? <span className="sr-only">, {good ? "better" : "worse"}</span> : undefined}
    </span>
  );
}
