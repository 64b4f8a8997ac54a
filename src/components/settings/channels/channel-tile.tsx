import { ChannelIcon } from "#components/ui/channel-icon.tsx";
import { cn } from "#components/ui/cn.ts";
import type { ChannelName } from "#contracts/channel";

/** A channel's picture on a tile; its name stands beside it. */
export function ChannelTile({ channel, className }: { channel: ChannelName; className?: string }) {
  return (
    <span
      className={cn(
        "flex size-9 shrink-0 items-center justify-center rounded-lg border border-line bg-sunken text-ink-2",
        className,
      )}
    >
      <ChannelIcon channel={channel} className="size-4.5" />
    </span>
  );
}
