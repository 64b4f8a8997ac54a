import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ConnectionView } from "#contracts/connections";
import { ChannelTile } from "./channel-tile.tsx";
import { ConditionBadge } from "./condition-badge.tsx";
import { lineAbout } from "./line-about.ts";
import { PauseButton } from "./pause-button.tsx";

type Props = { connection: ConnectionView; mayEdit: boolean };

/** The head of a connection's page: what it is, how it is, and the press that stops it. */
export function ConnectionHeader({ connection, mayEdit }: Props) {
  const { id, name, channel, state } = connection;
  return (
    <>
      <Link
        href="/settings/channels"
        className="mb-3 inline-flex items-center gap-1 text-ink-3 text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
        Channels
      </Link>
      <header className="mb-5 flex flex-wrap items-start gap-3">
        <ChannelTile channel={channel} className="size-11" />
        <div className="min-w-0 flex-1 basis-56">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h1 className="min-w-0 break-words font-semibold text-ink text-xl tracking-tight">
              <bdi>{name}</bdi>
            </h1>
            <ConditionBadge connection={connection} />
          </div>
          <p className="text-ink-3 text-sm">{lineAbout(connection)}</p>
        </div>
        {mayEdit ? <PauseButton connectionId={id} name={name} state={state} /> : undefined}
      </header>
    </>
  );
}
