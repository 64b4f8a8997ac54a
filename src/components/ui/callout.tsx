import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

const tones = {
  info: { icon: Info, look: "border-line bg-sunken text-ink-2" },
  good: { icon: CircleCheck, look: "border-green-line bg-green-soft text-green-ink" },
  warning: { icon: TriangleAlert, look: "border-amber-line bg-amber-soft text-amber-ink" },
  bad: { icon: CircleAlert, look: "border-red-line bg-red-soft text-red-ink" },
};

type Props = { tone?: keyof typeof tones; title?: ReactNode; children?: ReactNode; className?: string };

/** A remark that must not be overlooked, in the flow of the page. */
export function Callout({ tone = "info", title, children, className }: Props) {
  const { icon: Icon, look } = tones[tone];
  return (
    <div
      role={tone === "bad" ? "alert" : undefined}
      className={cn("flex gap-2.5 rounded-lg border px-3 py-2.5 text-sm", look, className)}
    >
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0">
        {title ? <p className="font-medium">{title}</p> : undefined}
        {children}
      </div>
    </div>
  );
}
