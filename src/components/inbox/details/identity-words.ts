import { channelLabel } from "#components/ui/channel-icon.tsx";
import type { ChannelName } from "#contracts/channel";

/** By what a customer is known, as nothing verifies who they are on any channel. */
export function knownBy(channel: ChannelName): string {
  if (channel === "web") return "Name and e-mail are what they have typed.";
  if (channel === "sms") return "Known by their phone number alone.";
  return `Known by their ${channelLabel(channel)} account alone.`;
}

/** Which browser they use and in which language, as far as it tells. */
export function browserWords(device: string | undefined, language: string | undefined): string | undefined {
  if (device === undefined) return language;
  return language === undefined ? device : `${device}, in ${language}`;
}
