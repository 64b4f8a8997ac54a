import Link from "next/link";
import { Callout } from "#components/ui/callout.tsx";
import { channelLabel } from "#components/ui/channel-icon.tsx";
import type { ConnectionView } from "#contracts/connections";
import { Ago } from "./ago.tsx";
import { refusesNow } from "./condition.ts";
import { rejectionSentence } from "./rejection-words.ts";

/** What must not be overlooked on any part of a connection's page. */
export function ConnectionAlarms({ connection }: { connection: ConnectionView }) {
  const { id, channel, state, health } = connection;
  const label = channelLabel(channel);
  if (state === "revoked") {
    return (
      <Callout
        tone="bad"
        className="mb-5"
        title={`${label} no longer takes the credentials of this connection.`}
      >
        Nothing can be sent until it gets new ones; saving them starts it again.{" "}
        <TabLink id={id} tab="settings" />
      </Callout>
    );
  }
  if (state === "locked") {
    return (
      <Callout tone="bad" className="mb-5" title="The secrets of this connection cannot be opened.">
        They were sealed under another BATON_SECRET than this server has. Until it has that one again, or all
        secrets are entered anew, nothing comes in and nothing leaves. <TabLink id={id} tab="settings" />
      </Callout>
    );
  }
  if (state === "paused") {
    return (
      <Callout className="mb-5" title="This connection is paused.">
        Until it is resumed, deliveries of the platform are refused, and messages to its customers fail.
      </Callout>
    );
  }
  const newest = health.rejections.toSorted((one, other) => other.lastAt.localeCompare(one.lastAt))[0];
  return (
    <>
      {newest && refusesNow(health) ? (
        <Callout tone="warning" className="mb-5" title="The newest delivery was refused.">
          {rejectionSentence(channel, newest)} <TabLink id={id} tab="settings" />,{" "}
          <TabLink id={id} tab="webhook" />
        </Callout>
      ) : undefined}
      {health.silentSince ? (
        <Callout tone="warning" className="mb-5" title="Unusually quiet.">
          Nothing came in since <Ago value={health.silentSince} />, at an hour that usually brings messages.
          See that {label} still delivers to the webhook URL. <TabLink id={id} tab="webhook" />
        </Callout>
      ) : undefined}
    </>
  );
}

function TabLink({ id, tab }: { id: string; tab: "settings" | "webhook" }) {
  return (
    <Link
      href={`/settings/channels/${id}?tab=${tab}`}
      className="whitespace-nowrap underline underline-offset-4"
    >
      Open {tab}
    </Link>
  );
}
