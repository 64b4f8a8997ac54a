import type { ConnectionState } from "#client/realtime";
import type { Chat } from "./chat/store.ts";
import { timeOf } from "./text/words.ts";

const words: Record<ConnectionState, string> = {
  connecting: "Connecting",
  connected: "Live",
  reconnecting: "Reconnecting",
  polling: "Polling",
  offline: "Offline",
};

/** How the connection stands, in figures, for whoever wants to know or to report it. */
export function ConnectionDetails({ chat }: { chat: Chat }) {
  const { state, since, failures, error } = chat.status.value;
  const latency = chat.latency.value;
  return (
    <dl class="details">
      <dt>State</dt>
      <dd>
        {words[state]} since {timeOf(since)}
      </dd>
      {latency && (
        <>
          <dt>Send to receive</dt>
          <dd>
            {Math.round(latency.last)} ms (median {Math.round(latency.median)})
          </dd>
        </>
      )}
      {failures > 0 && (
        <>
          <dt>Attempts</dt>
          <dd>{failures}</dd>
        </>
      )}
      {error && (
        <>
          <dt>Last problem</dt>
          <dd>{error.message}</dd>
        </>
      )}
      {error?.requestId && (
        <>
          <dt>Request</dt>
          <dd>
            <code>{error.requestId}</code>
          </dd>
        </>
      )}
    </dl>
  );
}
