import type { ConnectionState } from "#client/realtime";
import { cn } from "#components/ui/cn.ts";

const words: Record<ConnectionState, string> = {
  connecting: "Connecting…",
  connected: "Live",
  reconnecting: "Reconnecting…",
  polling: "Read twice a minute",
  offline: "You are offline",
};

/** Whether what is shown moves by itself. */
export function LiveSign({ state }: { state: ConnectionState }) {
  return (
    <p role="status" className="flex items-center gap-1.5 text-ink-3 text-xs">
      <span
        aria-hidden
        className={cn("size-2 rounded-full", state === "connected" ? "bg-green" : "bg-line-strong")}
      />
      {words[state]}
    </p>
  );
}
