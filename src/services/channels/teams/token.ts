import { AuthenticationConstants } from "botframework-connector/lib/auth/authenticationConstants.js";
import { z } from "zod";
import type { Outside } from "#channels/channel";
import { DeliveryFailure, repeatable } from "#channels/failure";
import { jsonIn } from "#channels/json";
import { hashToken } from "#lib/crypto";
import { outbound } from "#lib/outbound-http";
import { once } from "#lib/registry";
import { loginRefusalOf } from "./failures.ts";
import type { Settings } from "./settings.ts";

type Kept = { token: string; until: number };

// A token that ends on its way would be refused.
const spareSeconds = 5 * 60;

const Granted = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number(),
});

/**
 * Does work with the app's token. One that was kept and is refused is replaced once, since a refused request was not
 * taken. Throws `DeliveryFailure`.
 */
export async function withToken<Result>(
  settings: Settings,
  outside: Outside,
  work: (token: string) => Promise<Result>,
): Promise<Result> {
  const tokens = keptTokens(outside);
  const name = nameOf(settings, outside);
  const kept = tokens.get(name);
  if (kept !== undefined) {
    try {
      return await work(kept.token);
    } catch (error) {
      if (!(error instanceof DeliveryFailure && error.kind === "revoked")) throw error;
    }
  }
  const fresh = await freshToken(settings, outside);
  tokens.set(name, fresh);
  return await work(fresh.token);
}

/**
 * Asks Microsoft for a token of the app (learn.microsoft.com, "Authentication with the Bot Connector API", "Bot to
 * connector"). Throws `DeliveryFailure`.
 */
export async function freshToken(settings: Settings, outside: Outside): Promise<Kept> {
  const path = `/${encodeURIComponent(settings.tenantId)}${AuthenticationConstants.ToChannelFromBotTokenEndpointPath}`;
  const answer = await outbound({
    url: outside.bases.teamsLogin + path,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: settings.appId,
      client_secret: settings.appPassword,
      scope: `${AuthenticationConstants.ToChannelFromBotOAuthScope}/.default`,
    }).toString(),
    privateHosts: outside.privateHosts,
  }).catch((error: unknown) => {
    // Whether it left or not: asking for a token sends nothing to a customer.
    throw repeatable(error, "Microsoft's login");
  });
  const { data: granted } = Granted.safeParse(jsonIn(answer.body));
  if (answer.status !== 200 || granted === undefined) throw loginRefusalOf(answer, outside.now());
  const until = outside.now().getTime() + (granted.expires_in - spareSeconds) * 1_000;
  return { token: granted.access_token, until };
}

/** The tokens that are still good; those that ended are let go. */
function keptTokens(outside: Outside): Map<string, Kept> {
  const tokens = once("teams.tokens", () => new Map<string, Kept>());
  const now = outside.now().getTime();
  for (const [name, { until }] of tokens) if (until <= now) tokens.delete(name);
  return tokens;
}

// The secret is part of it, so that a wrong one entered later does not live on the right one's token.
function nameOf({ appId, tenantId, appPassword }: Settings, { bases }: Outside): string {
  return [bases.teamsLogin, tenantId, appId, hashToken(appPassword)].join(" ");
}
