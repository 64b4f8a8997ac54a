import type { PlatformName } from "#contracts/channel";
import type { Channel } from "./channel.ts";
import { custom } from "./custom/channel.ts";
import { messenger } from "./messenger/channel.ts";
import { slack } from "./slack/channel.ts";
import { sms } from "./sms/channel.ts";
import { teams } from "./teams/channel.ts";
import { telegram } from "./telegram/channel.ts";
import { whatsapp } from "./whatsapp/channel.ts";

/** Every platform's adapter by its name: a name without one does not compile. */
const channels: { [Name in PlatformName]: Channel } = {
  whatsapp,
  telegram,
  slack,
  teams,
  messenger,
  sms,
  custom,
};

/** The adapter of a platform. */
export function channelOf(name: PlatformName): Channel {
  return channels[name];
}

/** All adapters, in the order they are offered. */
export const allChannels: readonly Channel[] = Object.values(channels);
