import { channelLabel } from "#components/ui/channel-icon.tsx";
import type { ConnectionView } from "#contracts/connections";

/** A connection's platform, account and agent in one line; the account only where the name does not say it. */
export function lineAbout({ channel, name, account, agent }: ConnectionView): string {
  const other = account === name ? undefined : account;
  return [channelLabel(channel), other, `answered by ${agent.name}`].filter(Boolean).join(" · ");
}
