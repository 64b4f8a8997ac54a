"use client";

import {
  AtSign,
  Hourglass,
  MessageSquare,
  MessageSquareX,
  TimerOff,
  TimerReset,
  UserCheck,
  UserPlus,
} from "lucide-react";
import { ago, fullMoment } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { cn } from "#components/ui/cn.ts";
import { alertWords } from "#contracts/alert-words";
import type { AlertKind, AlertView } from "#contracts/notifications";

const amber = "bg-amber-soft text-amber-ink";
const accent = "bg-accent-soft text-accent-ink";
const looks: Record<AlertKind, { icon: typeof AtSign; look: string }> = {
  escalation: { icon: Hourglass, look: amber },
  offered: { icon: UserPlus, look: amber },
  assigned: { icon: UserCheck, look: accent },
  message: { icon: MessageSquare, look: accent },
  mention: { icon: AtSign, look: "bg-violet-soft text-violet-ink" },
  sla_warning: { icon: TimerReset, look: amber },
  sla_breach: { icon: TimerOff, look: "bg-red-soft text-red-ink" },
  undelivered: { icon: MessageSquareX, look: "bg-red-soft text-red-ink" },
};

/** One thing that was told; a press opens its conversation. */
export function AlertRow({ alert, open }: { alert: AlertView; open: () => void }) {
  const { icon: Icon, look } = looks[alert.kind];
  const { title, text } = alertWords(alert);
  const now = useNow();
  return (
    <li>
      <a
        href={`/inbox/${alert.conversationId}`}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
          event.preventDefault();
          open();
        }}
        className="flex gap-3 rounded-lg p-2.5 outline-offset-[-2px] transition-colors hover:bg-hover"
      >
        <span className={cn("flex size-8 shrink-0 items-center justify-center rounded-full", look)}>
          <Icon className="size-4" aria-hidden />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span
              dir="auto"
              className={cn("truncate text-ink text-sm", alert.read ? "font-medium" : "font-semibold")}
            >
              {title}
            </span>
            <time
              dateTime={alert.at}
              title={fullMoment(alert.at)}
              className="ms-auto shrink-0 text-2xs text-ink-3 tabular-nums"
            >
              {now === 0 ? "" : ago(alert.at, now)}
            </time>
          </span>
          <span className="flex items-center gap-2">
            <span className={cn("min-w-0 flex-1 text-xs", alert.read ? "text-ink-3" : "text-ink-2")}>
              {text}
            </span>
            {alert.read ? undefined : (
              <span className="size-2 shrink-0 rounded-full bg-accent">
                <span className="sr-only">Unread</span>
              </span>
            )}
          </span>
          {alert.preview ? (
            <span dir="auto" className="mt-0.5 block truncate text-ink-3 text-xs">
              {alert.preview}
            </span>
          ) : undefined}
        </span>
      </a>
    </li>
  );
}
