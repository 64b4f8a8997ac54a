import { hostOf } from "./address.ts";
import type { Outside } from "./channel.ts";

/** The account at Twilio, and the voice agent, that lines for practice have: both are played by this program. */
export const practice = { accountSid: `AC${"0".repeat(32)}`, voiceAgentId: "agent_practice" } as const;

type Line = { accountSid?: string | undefined; voiceAgentId?: string | undefined };

/** Whether the program itself plays a line's platforms. */
export function practises({ accountSid, voiceAgentId }: Line): boolean {
  return accountSid === practice.accountSid || voiceAgentId === practice.voiceAgentId;
}

/** The world around a phone line: for a line for practice the platforms are our own stand-ins. */
export function worldOf(line: Line, outside: Outside): Outside {
  if (!practises(line) || outside.practice === undefined) return outside;
  const base = `${outside.practice}/api/demo/telephony/platform`;
  const { bases, privateHosts } = outside;
  return {
    ...outside,
    bases: { ...bases, twilioApi: base, elevenLabs: base },
    privateHosts: [...privateHosts, hostOf(new URL(base))],
  };
}
