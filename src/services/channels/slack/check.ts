import { z } from "zod";
import type { Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
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

const Person = z.looseObject({
  user: z.looseObject({
    name: z.string().nullish(),
    real_name: z.string().nullish(),
    profile: z.looseObject({ display_name: z.string().nullish(), real_name: z.string().nullish() }).nullish(),
  }),
});

/** Tries the bot token and says whose it is and what it may do (docs.slack.dev, "auth.test"). */
export async function check(config: Settings, outside: Outside): Promise<CheckReport> {
  try {
    const identity = await ask("auth.test", {}, Identity, config, outside);
    const lines = [
      tokenLine(identity),
      teamLine(identity, config),
      userLine(identity, config),
      scopesLine(identity),
    ];
    const account = `${identity.user ?? identity.user_id} in ${identity.team ?? identity.team_id}`;
    return { ok: lines.every(({ ok }) => ok), account, lines };
  } catch (error) {
    if (!(error instanceof DeliveryFailure)) throw error;
    return { ok: false, lines: [{ ok: false, text: error.message }] };
  }
}

/** The name that a person chose in Slack ("users.info"); nothing where Slack does not tell it. */
export async function profile(senderId: string, config: Settings, outside: Outside) {
  try {
    const { user } = await ask("users.info", { user: senderId }, Person, config, outside);
    const name = user.profile?.display_name || user.profile?.real_name || user.real_name || user.name;
    return { name: name || undefined };
  } catch (error) {
    if (error instanceof DeliveryFailure && error.kind === "permanent") return undefined;
    throw error;
  }
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
