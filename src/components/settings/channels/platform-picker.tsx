import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { PlatformCard } from "#contracts/connections";
import { ChannelTile } from "./channel-tile.tsx";
import { guides } from "./guides.ts";

/** The platforms that can be connected; each leads to its own form. */
export function PlatformPicker({ platforms }: { platforms: PlatformCard[] }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2">
      {platforms.map(({ name, label }) => (
        <li
          key={name}
          className="group relative flex items-center gap-3 rounded-xl border border-line bg-surface p-4 shadow-xs transition-colors hover:border-line-strong hover:bg-hover/60"
        >
          <ChannelTile channel={name} className="size-10" />
          <div className="min-w-0 flex-1">
            <Link
              href={`/settings/channels/new?channel=${name}`}
              className="font-medium text-ink text-sm after:absolute after:inset-0 after:rounded-xl"
            >
              {label}
            </Link>
            <p className="text-ink-3 text-xs">{guides[name].summary}</p>
          </div>
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 text-ink-3 transition-transform group-hover:translate-x-0.5 rtl:rotate-180 rtl:group-hover:-translate-x-0.5"
          />
        </li>
      ))}
    </ul>
  );
}
