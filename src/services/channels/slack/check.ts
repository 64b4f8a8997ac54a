import { z } from "zod";
import type { Outside } from "#channels/channel";
import { reported, reportOf } from "#channels/report";
import type { CheckReport } from "#contracts/channel";
import { ask } from "./client.ts";
import type { Settings } from "./settings.ts";

const neededScopes = [
  "app_mentions:read",
  "chat:write",
  "files:read",
  "files:write",
  "im:history",
  "users:read",
];

const Identity = z.looseObject({
  team: z.string().nullish(),
  user: z.string().nullish(),
  team_id: z.string(),
  user_id: z.string(),
  bot_id: z.string().nullish(),
  // Slack's client puts the header `x-oauth-scopes` here.
  response_metadata: z.looseObject({ scopes: z.array(z.string()).optional() }).optional(),
});
type Identity = z.output<typeof Identity>;

/** Tries the bot token and says whose it is and what it may do (docs.slack.dev, "auth.test"). */
export async function check(settings: Settings, outside: Outside): Promise<CheckReport> {
  return reported(async () => {
    const identity = await ask("auth.test", {}, Identity, settings, outside);
    const lines = [
      tokenLine(identity),
      teamLine(identity, settings),
      userLine(identity, settings),
      scopesLine(identity),
    ];
    return reportOf(lines, `${identity.user ?? identity.user_id} in ${identity.team ?? identity.team_id}`);
  });
}

function tokenLine({ bot_id }: Identity) {
  if (bot_id) return { ok: true, text: "Slack accepts the bot token." };
  return { ok: false, text: "The token is a person's: enter the bot token, which begins with xoxb-." };
}

function teamLine({ team_id }: Identity, { teamId }: Settings) {
  if (team_id === teamId) return { ok: true, text: `The app is installed in the workspace ${teamId}.` };
  return { ok: false, text: `The token is for the workspace ${team_id}, but ${teamId} was entered.` };
}

function userLine({ user_id }: Identity, { botUserId }: Settings) {
  if (botUserId === undefined || botUserId === user_id) {
    return { ok: true, text: `The bot's user id is ${user_id}.` };
  }
  return { ok: false, text: `The bot's user id is ${user_id}, but ${botUserId} was entered.` };
}

function scopesLine({ response_metadata }: Identity) {
  const scopes = response_metadata?.scopes;
  if (scopes === undefined) return { ok: true, text: "Slack did not tell the app's permissions." };
  const missing = neededScopes.filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return { ok: true, text: "The app has all permissions that it needs." };
  return { ok: false, text: `The app lacks permissions: ${missing.join(", ")}.` };
}
