import {
  ArrowLeftRight,
  Bot,
  CheckCheck,
  CircleAlert,
  DoorOpen,
  Hourglass,
  RotateCcw,
  Star,
  UserRound,
} from "lucide-react";
import { clock, fullMoment } from "#components/inbox/times.ts";
import type { MessageView, Notice } from "#contracts/conversation";
import { DeliveryMark, DeliveryTrouble, isTrouble } from "./delivery.tsx";

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
  rate: Star,
  rated: Star,
};

/** What the system says between the voices, and on a platform how far that came. */
export function SystemLine({ message }: { message: MessageView }) {
  const Icon = message.notice ? icons[message.notice.kind] : undefined;
  const { delivery } = message;
  return (
    <div className="flex flex-col items-center gap-1.5 px-8 text-ink-3 text-xs">
      <p className="text-balance text-center">
        {Icon ? <Icon className="me-1.5 inline size-3.5 align-[-0.2em]" aria-hidden /> : undefined}
        {message.text}
        <span className="ms-1.5 inline-flex gap-1.5 whitespace-nowrap align-bottom text-2xs">
          <time dateTime={message.createdAt} title={fullMoment(message.createdAt)} className="tabular-nums">
            {clock(message.createdAt)}
          </time>
          {delivery && !isTrouble(delivery) ? <DeliveryMark delivery={delivery} /> : undefined}
        </span>
      </p>
      <DeliveryTrouble message={message} />
    </div>
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
