import {
  ArrowLeftRight,
  Bot,
  CheckCheck,
  CircleAlert,
  DoorOpen,
  Hourglass,
  RotateCcw,
  UserRound,
} from "lucide-react";
import { clock, fullMoment } from "#components/inbox/times.ts";
import type { MessageView, Notice } from "#contracts/conversation";

const icons: Record<Notice["kind"], typeof Bot> = {
  offer: UserRound,
  escalated: Hourglass,
  no_operators: Hourglass,
  joined: UserRound,
  handed_back: Bot,
  transferred: ArrowLeftRight,
  released: Hourglass,
  resolved: CheckCheck,
  abandoned: DoorOpen,
  reopened: RotateCcw,
  ai_failed: CircleAlert,
};

/** What the system says between the voices. */
export function SystemLine({ message }: { message: MessageView }) {
  const Icon = message.notice ? icons[message.notice.kind] : undefined;
  return (
    <p className="text-balance px-8 text-center text-ink-3 text-xs">
      {Icon ? <Icon className="me-1.5 inline size-3.5 align-[-0.2em]" aria-hidden /> : undefined}
      {message.text}
      <time
        dateTime={message.createdAt}
        title={fullMoment(message.createdAt)}
        className="ms-1.5 whitespace-nowrap text-2xs tabular-nums"
      >
        {clock(message.createdAt)}
      </time>
    </p>
  );
}

/** The beginning of a day. */
export function DayLine({ name }: { name: string }) {
  return (
    <div className="flex items-center gap-3 text-2xs text-ink-3">
      <span aria-hidden className="h-px flex-1 bg-line" />
      <span className="font-medium">{name}</span>
      <span aria-hidden className="h-px flex-1 bg-line" />
    </div>
  );
}
