"use client";

import { Popover as Base } from "@base-ui/react/popover";
import { Bell as Sign } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { popupClass } from "#components/ui/menu.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { AlertPanel } from "./alert-panel.tsx";
import { shortCount, total } from "./alert-state.ts";
import { followSettings, loadAlerts, useAlertState } from "./alert-store.ts";
import { OwnStream } from "./own-stream.tsx";
import { keepSubscribed } from "./push.ts";
import { useCountInTitle } from "./use-count-in-title.ts";

/** Pages with a stream of their own, which tell by it. */
const withStreams = ["/inbox", "/queue"];

/** What was told while nobody looked: a bell with its number, and the list behind it. */
export function AlertBell({ me }: { me: string }) {
  const path = usePathname();
  const hasStream = withStreams.some((place) => path.startsWith(place));
  const [open, setOpen] = useState(false);
  const count = total(useAlertState().unread);
  useCountInTitle(count);

  useEffect(() => {
    void loadAlerts();
    void keepSubscribed();
    return followSettings();
  }, []);

  const name = count === 0 ? "Notifications" : `Notifications, ${count} unread`;
  return (
    <>
      {hasStream ? undefined : <OwnStream me={me} />}
      <Base.Root open={open} onOpenChange={setOpen}>
        <Tooltip content="Notifications" side="right">
          <Base.Trigger
            aria-label={name}
            className={cn(
              "relative flex size-10 items-center justify-center rounded-lg text-ink-3 transition-colors",
              "hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink [&_svg]:size-5",
            )}
          >
            <Sign aria-hidden />
            {count > 0 ? (
              <span
                aria-hidden
                className="absolute end-0.5 top-0.5 flex h-4 min-w-4 items-center justify-center rounded-full bg-red px-1 font-semibold text-[0.625rem] text-white tabular-nums ring-2 ring-canvas"
              >
                {shortCount(count)}
              </span>
            ) : undefined}
          </Base.Trigger>
        </Tooltip>
        <Base.Portal>
          <Base.Positioner side="right" align="start" sideOffset={8} collisionPadding={8} className="z-50">
            <Base.Popup
              className={cn(
                popupClass,
                "flex max-h-[min(36rem,var(--available-height))] w-96 max-w-[calc(100vw-1rem)] flex-col overflow-hidden p-0",
              )}
            >
              <AlertPanel close={() => setOpen(false)} />
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </>
  );
}
