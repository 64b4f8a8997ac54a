import { ChevronRight, ExternalLink, LifeBuoy } from "lucide-react";
import type { PlatformName } from "#contracts/channel";
import { guides } from "./guides.ts";
import { NumberedSteps } from "./numbered-steps.tsx";

/** Where the credentials stand at the platform; folded away for those who know. */
export function FindGuide({ channel, open }: { channel: PlatformName; open: boolean }) {
  const { find, console } = guides[channel];
  return (
    <details open={open} className="group rounded-lg border border-line bg-canvas/60">
      <summary className="flex list-none items-center gap-2 rounded-lg px-3 py-2.5 font-medium text-ink text-sm [&::-webkit-details-marker]:hidden">
        <LifeBuoy aria-hidden className="size-4 text-ink-3" />
        Where to find this
        <ChevronRight
          aria-hidden
          className="ms-auto size-4 text-ink-3 transition-transform group-open:rotate-90 rtl:rotate-180 rtl:group-open:rotate-90"
        />
      </summary>
      <div className="px-3 pt-1 pb-3.5">
        <NumberedSteps label="Where to find this" steps={find} />
        {console ? (
          <a
            href={console.url}
            target="_blank"
            rel="noreferrer"
            className="mt-3 inline-flex items-center gap-1.5 text-accent-ink text-sm underline-offset-4 hover:underline"
          >
            Open {console.name}
            <ExternalLink aria-hidden className="size-3.5" />
            <span className="sr-only"> in a new tab</span>
          </a>
        ) : undefined}
      </div>
    </details>
  );
}
