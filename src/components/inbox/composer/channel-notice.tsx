"use client";

import { Ban, MessageSquareOff, PauseCircle, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { useOperators } from "#components/inbox/data/queries.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { fullMoment } from "#components/inbox/times.ts";
import { cn } from "#components/ui/cn.ts";
import type { ChannelSituation } from "#contracts/operator";

/** What keeps words from reaching the customer on their platform, above where they are written. */
export function ChannelNotices({ channel, customer }: { channel: ChannelSituation; customer: string }) {
  const { label, connection, blocked, optedOutAt } = channel;
  return (
    <>
      {connection.state === "paused" ? (
        <Notice
          look="border-amber-line bg-amber-soft text-amber-ink"
          icon={<PauseCircle aria-hidden />}
          title={`${label} is paused`}
        >
          Nothing is sent or received through “{connection.name}” until it is switched on again.{" "}
          <Settings connection={connection} />
        </Notice>
      ) : undefined}
      {connection.state === "revoked" ? (
        <Notice
          look="border-red-line bg-red-soft text-red-ink"
          icon={<Unplug aria-hidden />}
          title={`${label} refuses us`}
        >
          The credentials of “{connection.name}” are no longer accepted, so nothing can be sent until they are
          renewed. <Settings connection={connection} />
        </Notice>
      ) : undefined}
      {blocked ? (
        <Notice
          look="border-red-line bg-red-soft text-red-ink"
          icon={<Ban aria-hidden />}
          title={`${customer} has blocked you on ${label}`}
        >
          What you send will not arrive unless they unblock you. Notes are still possible.
        </Notice>
      ) : undefined}
      {optedOutAt ? (
        <Notice
          look="border-red-line bg-red-soft text-red-ink"
          icon={<MessageSquareOff aria-hidden />}
          title={`${customer} has sent STOP`}
        >
          They want no more texts since {fullMoment(optedOutAt)}, so none is sent until they send START. Notes
          are still possible.
        </Notice>
      ) : undefined}
    </>
  );
}

type NoticeProps = { look: string; icon: ReactNode; title: string; children: ReactNode };

function Notice({ look, icon, title, children }: NoticeProps) {
  return (
    <div
      role="note"
      className={cn(
        "mx-auto mb-2 flex max-w-3xl gap-2 rounded-lg border px-3 py-2 text-xs [&_svg]:mt-px [&_svg]:size-3.5 [&_svg]:shrink-0",
        look,
      )}
    >
      {icon}
      <p className="min-w-0">
        <bdi className="font-semibold">{title}.</bdi> {children}
      </p>
    </div>
  );
}

/** The way to the connection, for those who may change it; whom to ask, for all others. */
function Settings({ connection }: { connection: ChannelSituation["connection"] }) {
  const { me } = useInbox();
  const role = useOperators().find(({ id }) => id === me.id)?.role;
  if (role === "operator") return "An owner or admin of your company can change that.";
  return (
    <a
      href={`/settings/channels/${connection.id}`}
      className="font-medium underline underline-offset-2 hover:no-underline"
    >
      Open its settings
    </a>
  );
}
