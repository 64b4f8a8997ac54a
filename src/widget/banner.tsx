import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { Chat } from "./chat/store.ts";
import { ConnectionDetails } from "./connection-details.tsx";
import { Icon } from "./icons.tsx";

const words = {
  connecting: "Connecting…",
  reconnecting: "Reconnecting…",
  polling: "Live updates are slow just now; checking every few seconds.",
  offline: "Offline. What you write is kept and sent when the connection is back.",
};

/** Says that the line is disturbed, once it has been so for two seconds; a blink is nobody's business. */
export function Banner({ chat }: { chat: Chat }) {
  const { state } = chat.status.value;
  const disturbed = useComputed(() => chat.status.value.state !== "connected" && chat.visible.value);
  const shown = useSignal(false);
  const details = useSignal(false);

  useSignalEffect(() => {
    if (!disturbed.value) {
      shown.value = false;
      details.value = false;
      return;
    }
    const timer = setTimeout(() => {
      shown.value = true;
    }, 2_000);
    return () => clearTimeout(timer);
  });

  if (state === "connected" || !shown.value) return null;
  return (
    <div class={`banner banner-${state}`}>
      <div class="banner-row" role="status">
        {state === "offline" ? (
          <Icon name="offline" size={16} />
        ) : (
          <span class="spinner" aria-hidden="true" />
        )}
        <span class="banner-words">{words[state]}</span>
      </div>
      <div class="banner-acts">
        <button type="button" class="quiet" onClick={chat.retry}>
          Retry now
        </button>
        <button
          type="button"
          class="quiet"
          aria-expanded={details.value}
          onClick={() => {
            details.value = !details.value;
          }}
        >
          Details
        </button>
      </div>
      {details.value && <ConnectionDetails chat={chat} />}
    </div>
  );
}
