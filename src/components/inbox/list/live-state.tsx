"use client";

import { CloudOff, LoaderCircle } from "lucide-react";
import { useState } from "react";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { useNow } from "#components/inbox/use-now.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";

/** Whether what is on screen is live; silent for the first two seconds, since most gaps are shorter. */
export function LiveState() {
  const { status, retry, latency } = useInbox();
  const now = useNow();
  const [measured, setMeasured] = useState<string>();
  const down = status.state !== "connected";
  const long = status.since > 0 && now - status.since > 2_000;

  if (down && long) {
    const away = status.state === "offline";
    return (
      <span
        role="status"
        className="flex items-center gap-1.5 rounded-full bg-amber-soft py-0.5 ps-2 pe-1 text-2xs text-amber-ink ring-1 ring-amber-line ring-inset"
      >
        {away ? (
          <CloudOff className="size-3" aria-hidden />
        ) : (
          <LoaderCircle className="size-3 animate-spin" aria-hidden />
        )}
        {away ? "Offline, may be out of date" : "Reconnecting…"}
        <button
          type="button"
          onClick={retry}
          className="rounded-full px-1.5 font-semibold hover:bg-amber-line/60"
        >
          Retry
        </button>
      </span>
    );
  }

  return (
    <Tooltip content={measured ?? "Live"} side="bottom">
      <button
        type="button"
        aria-label="Live"
        onPointerEnter={() => setMeasured(sentence(latency()))}
        onFocus={() => setMeasured(sentence(latency()))}
        className="flex h-6 cursor-default items-center gap-1.5 rounded-full px-2 text-2xs text-ink-3"
      >
        <span aria-hidden className="size-1.5 rounded-full bg-green ring-3 ring-green/15" />
        Live
      </button>
    </Tooltip>
  );
}

function sentence(measured: ReturnType<ReturnType<typeof useInbox>["latency"]>) {
  if (!measured) return "Live. Send a message to see how fast it arrives.";
  const { last, median, slowest, count } = measured;
  return `Live. Send to receive: ${last} ms last, ${median} ms median, ${slowest} ms slowest of ${count}.`;
}
