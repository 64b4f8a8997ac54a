import type { PlatformName } from "#contracts/channel";
import { env } from "#lib/env";
import { hostOf } from "./address.ts";
import type { Bases, Outside } from "./channel.ts";

/**
 * The world around an adapter as the environment describes it. In a private network it may ask its own platform's bases and
 * the administrator's list; without a platform that list alone.
 */
export function outsideOf(platform?: PlatformName, now: () => Date = () => new Date()): Outside {
  const bases: Bases = {
    metaGraph: env.META_GRAPH_BASE_URL,
    metaGraphVersion: env.META_GRAPH_VERSION,
    telegramApi: env.TELEGRAM_API_ROOT,
    slackApi: env.SLACK_API_URL,
    twilioApi: env.TWILIO_API_BASE_URL,
    elevenLabs: env.ELEVENLABS_API_URL,
    teamsLogin: env.TEAMS_LOGIN_BASE_URL,
    teamsOpenId: env.TEAMS_OPENID_METADATA_URL,
    teamsIssuer: env.TEAMS_ISSUER,
  };
  return {
    now,
    bases,
    practice: ownAddress(),
    // Most who look at a delivery never ask anybody.
    get privateHosts() {
      const own = platform === undefined ? [] : ownBases[platform].map((name) => bases[name]);
      return [...hostsOf(own), ...env.OUTBOUND_PRIVATE_HOSTS];
    },
  };
}

// The program as it reaches itself, wherever its public address leads.
function ownAddress(): string {
  const { HOST, PORT, PUBLIC_BASE_URL } = env;
  if (PORT === 0) return PUBLIC_BASE_URL;
  return `http://${["0.0.0.0", "::"].includes(HOST) ? "127.0.0.1" : HOST}:${PORT}`;
}

// What one platform's connections name must not reach the private address of another's.
const ownBases: Record<PlatformName, (keyof Bases)[]> = {
  whatsapp: ["metaGraph"],
  messenger: ["metaGraph"],
  telegram: ["telegramApi"],
  slack: ["slackApi"],
  // Its voice agents are ElevenLabs'.
  sms: ["twilioApi", "elevenLabs"],
  teams: ["teamsLogin", "teamsOpenId"],
  custom: [],
};

// The administrator named these addresses, so they may stand in a private network.
function hostsOf(bases: string[]): string[] {
  return bases.flatMap((base) => (URL.canParse(base) ? hostOf(new URL(base)) : []));
}
