import type { Thread } from "#contracts/channel";

/** Where something was said, by the names that Slack's events give it. */
export type Place = {
  channel: string;
  channel_type?: string | null | undefined;
  ts: string;
  thread_ts?: string | null | undefined;
};

/**
 * The id of a message: Slack counts within a channel. A mention comes twice, as `message` and as `app_mention`, under
 * two event ids and this one.
 */
export function externalIdOf(channel: string, ts: string): string {
  return `${channel}:${ts}`;
}

/** Says whether a channel is one person's talk with the app; `app_mention` and interactions tell no `channel_type`. */
export function isDirect({ channel, channel_type }: Pick<Place, "channel" | "channel_type">): boolean {
  return channel_type === "im" || channel.startsWith("D");
}

/**
 * What Slack calls a person besides their id: their direct talk with the app is theirs alone. A slash command is known by
 * the person and what they write there by the talk, and both are one conversation.
 */
export function aliasesOf(place: Pick<Place, "channel" | "channel_type">): string[] | undefined {
  return isDirect(place) ? [place.channel] : undefined;
}

/** The conversation of a message: a direct talk is one, and in a channel each thread is one. */
export function threadOf(place: Place): Thread {
  const { channel, ts, thread_ts: threadTs } = place;
  if (isDirect(place)) {
    // Who writes in a thread of a direct talk looks for the answer there.
    const address: Thread["address"] = threadTs ? { channel, threadTs } : { channel };
    return { key: channel, kind: "direct", address };
  }
  const root = threadTs ?? ts;
  return { key: externalIdOf(channel, root), kind: "group", address: { channel, threadTs: root } };
}

/** The moment that a `ts` holds; `instead` where it holds none. */
export function momentOf(ts: string | null | undefined, instead: Date): Date {
  const moment = new Date(Number(ts ?? Number.NaN) * 1000);
  return Number.isNaN(moment.getTime()) ? instead : moment;
}
