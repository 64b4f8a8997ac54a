"use client";

import { Download } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";

/** What browsers that can install a page hand over beforehand (not in TypeScript's DOM, as not every browser has it). */
type InstallEvent = Event & { prompt: () => Promise<unknown> };

/** Offers to keep Baton as an app of its own, where the browser can and it is none yet. */
export function InstallRow() {
  const [offer, setOffer] = useState<InstallEvent>();
  useEffect(() => {
    const keep = (event: Event) => {
      if (!("prompt" in event)) return;
      event.preventDefault();
      setOffer(event as InstallEvent);
    };
    const done = () => setOffer(undefined);
    window.addEventListener("beforeinstallprompt", keep);
    window.addEventListener("appinstalled", done);
    return () => {
      window.removeEventListener("beforeinstallprompt", keep);
      window.removeEventListener("appinstalled", done);
    };
  }, []);
  if (offer === undefined) return undefined;

  return (
    <div className="flex flex-wrap items-center gap-3 border-line border-t pt-4">
      <div className="min-w-48 flex-1">
        <p className="font-medium text-ink text-sm">Baton as an app</p>
        <p className="text-ink-3 text-xs">
          A window and an icon of its own, with the number of what you have not seen.
        </p>
      </div>
      <Button onClick={() => void offer.prompt()}>
        <Download aria-hidden />
        Install
      </Button>
    </div>
  );
}
