import { env } from "#lib/env";
import { hostOf } from "./address.ts";
import type { Bases, Outside } from "./channel.ts";

/** The world around the adapters as the environment describes it. */
export function outsideOf(now: () => Date = () => new Date()): Outside {
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
      return [...hostsOf(bases), ...env.OUTBOUND_PRIVATE_HOSTS];
    },
  };
}

// The program as it reaches itself, wherever its public address leads.
function ownAddress(): string {
  const { HOST, PORT, PUBLIC_BASE_URL } = env;
  if (PORT === 0) return PUBLIC_BASE_URL;
  return `http://${["0.0.0.0", "::"].includes(HOST) ? "127.0.0.1" : HOST}:${PORT}`;
}

// The administrator named these addresses, so they may stand in a private network.
function hostsOf(bases: Bases): string[] {
  return Object.values(bases).flatMap((base) => (URL.canParse(base) ? hostOf(new URL(base)) : []));
}
