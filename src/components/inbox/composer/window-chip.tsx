import { Clock3, Hourglass, type LucideIcon, TimerOff } from "lucide-react";
import { fullMoment, nearMoment } from "#components/inbox/times.ts";
import { Badge } from "#components/ui/badge.tsx";
import type { ReplyWindow } from "./reply-window.ts";

const signs: Record<ReplyWindow["state"], { icon: LucideIcon; tone: "neutral" | "amber" | "red" }> = {
  open: { icon: Clock3, tone: "neutral" },
  ending: { icon: Hourglass, tone: "amber" },
  closed: { icon: TimerOff, tone: "red" },
};

/** Until when the platform lets us answer, and how long that is. */
export function WindowChip({ window, now }: { window: ReplyWindow; now: number }) {
  const { icon: Icon, tone } = signs[window.state];
  return (
    <Badge tone={tone} className="tabular-nums" title={fullMoment(window.until)}>
      <Icon aria-hidden />
      {window.state === "closed" ? (
        "Reply window closed"
      ) : (
        <span dir="auto">
          <span className="sr-only @sm:not-sr-only">
            Reply until <time dateTime={window.until}>{nearMoment(window.until, now)}</time>,{" "}
          </span>
          {window.left} left
        </span>
      )}
    </Badge>
  );
}
