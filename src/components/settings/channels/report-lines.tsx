import { CircleCheck, CircleX } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import type { CheckReport } from "#contracts/channel";

/** What was found, a line each; a sign and a word say whether it is good. */
export function ReportLines({ report }: { report: CheckReport }) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-sunken/60">
      {report.lines.map(({ ok, text }) => (
        <li key={text} className="flex gap-2 px-3 py-2 text-ink text-sm">
          <Mark ok={ok} />
          <span className="min-w-0 break-words">{text}</span>
        </li>
      ))}
    </ul>
  );
}

/** A tick or a cross, with its word for those who do not see it. */
export function Mark({ ok }: { ok: boolean }) {
  const Icon = ok ? CircleCheck : CircleX;
  return (
    <>
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", ok ? "text-green-ink" : "text-red-ink")} />
      <span className="sr-only">{ok ? "Good:" : "Not good:"}</span>
    </>
  );
}
