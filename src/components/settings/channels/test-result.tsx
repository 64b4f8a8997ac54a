import type { z } from "zod";
import { Badge } from "#components/ui/badge.tsx";
import type { TestReport } from "#contracts/connections";
import { Mark } from "./report-lines.tsx";

type Props = { report: z.infer<typeof TestReport>; label: string };

/** The way of one test delivery: each step with its time, what was read, and what would be answered. */
export function TestResult({ report: { steps, message, reply }, label }: Props) {
  const good = steps.every(({ ok }) => ok);
  const whole = steps.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <div className="flex flex-col gap-4">
      <div className="rounded-lg border border-line">
        <p className="flex items-center gap-2 border-line border-b bg-sunken/60 px-3 py-2 text-sm">
          <span className="font-medium text-ink">
            {good ? "The test went through" : "The test got stuck"}
          </span>
          <Badge tone={good ? "green" : "red"} className="ms-auto tabular-nums">
            Round trip {duration(whole)}
          </Badge>
        </p>
        <ol aria-label="Steps of the test" className="divide-y divide-line">
          {steps.map(({ name, ok, words, ms }) => (
            <li key={name} className="flex gap-2 px-3 py-2 text-sm">
              <Mark ok={ok} />
              <span className="min-w-0 flex-1">
                <span className="font-medium text-ink">{name}</span>
                <span className="block break-words text-ink-2">{words}</span>
              </span>
              <span className="shrink-0 text-ink-3 text-xs tabular-nums leading-5">{duration(ms)}</span>
            </li>
          ))}
        </ol>
      </div>
      {message ? <Bubble side="start" title={`Read as: ${message.sender}`} text={message.text} /> : undefined}
      {reply ? <Bubble side="end" title={`The answer, as ${label} is sent it`} text={reply} /> : undefined}
    </div>
  );
}

function Bubble({ side, title, text }: { side: "start" | "end"; title: string; text: string }) {
  const look = side === "start" ? "self-start bg-bubble text-ink" : "self-end bg-accent-soft text-ink";
  return (
    <figure className={`flex max-w-[85%] flex-col gap-1 ${side === "start" ? "self-start" : "self-end"}`}>
      <figcaption className={`text-ink-3 text-xs ${side === "start" ? "text-start" : "text-end"}`}>
        {title}
      </figcaption>
      <p dir="auto" className={`whitespace-pre-wrap break-words rounded-xl px-3 py-2 text-sm ${look}`}>
        {text}
      </p>
    </figure>
  );
}

function duration(ms: number): string {
  if (ms < 1) return "< 1 ms";
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
