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

/** Says that a letter's link led to a new chat, because its own could not be opened any more. */
export function ExpiredBanner({ chat }: { chat: Chat }) {
  if (!chat.expired.value) return null;
  return (
    <div class="banner" role="status">
      <span class="banner-row">
        This link has expired. Your chat is kept in the browser you wrote from; this is a new one.
      </span>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          chat.expired.value = false;
        }}
      >
        Close
      </button>
    </div>
  );
}

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
