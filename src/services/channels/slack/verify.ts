import { isValidSlackRequest } from "@slack/bolt";
import { z } from "zod";
import type { Reply, Verified, WebhookRequest } from "#channels/channel";
import { type Body, isCertificateProbe, readAs, readBody } from "./body.ts";
import type { Settings } from "./settings.ts";

const toleranceSeconds = 300;

const Team = z.looseObject({ team_id: z.string().nullish() });

const Account = Team.extend({
  type: z.string().nullish(),
  team: z.looseObject({ id: z.string().nullish() }).nullish(),
  user: z.union([Team, z.string()]).nullish(),
  api_app_id: z.string().nullish(),
  is_ext_shared_channel: z.boolean().nullish(),
  authorizations: z.array(Team).nullish(),
});

/** Checks Slack's signature and that the delivery is this workspace's (docs.slack.dev, "Verifying requests from Slack"). */
export async function verify(request: WebhookRequest, config: Settings): Promise<Verified> {
  const signature = request.headers.get("x-slack-signature") ?? "";
  const timestamp = request.headers.get("x-slack-request-timestamp") ?? "";
  if (!/^\d{1,12}$/.test(timestamp)) return { ok: false, reason: "signature" };
  const seconds = Number(timestamp);
  // Bolt refuses what is old and lets pass what claims to come from the future.
  if (Math.abs(request.now.getTime() / 1000 - seconds) > toleranceSeconds) {
    return { ok: false, reason: "stale" };
  }
  const signed = isValidSlackRequest({
    signingSecret: config.signingSecret,
    body: request.rawBody.toString("utf8"),
    headers: { "x-slack-signature": signature, "x-slack-request-timestamp": seconds },
    nowMilliseconds: request.now.getTime(),
  });
  if (!signed) return { ok: false, reason: "signature" };
  try {
    return isOurs(readBody(request), config) ? { ok: true } : { ok: false, reason: "wrong_account" };
  } catch {
    return { ok: false, reason: "malformed" };
  }
}

/** Answers Slack's look at the certificate, which carries no signature. */
export function handshake(request: WebhookRequest): Reply | undefined {
  return isCertificateProbe(request) ? { status: 200, body: "", contentType: "text/plain" } : undefined;
}

/** Repeats the challenge by which Slack tries a new address ("url_verification event"), and else says nothing. */
export function acknowledge(request: WebhookRequest): Reply {
  const { kind, fields } = readBody(request);
  if (kind !== "event" || fields.type !== "url_verification") {
    return { status: 200, body: "", contentType: "text/plain" };
  }
  const challenge = readAs(z.string(), fields.challenge);
  return { status: 200, body: JSON.stringify({ challenge }), contentType: "application/json" };
}

function isOurs({ kind, fields }: Body, config: Settings): boolean {
  const account = readAs(Account, fields);
  // It belongs to the app, before any workspace is spoken of.
  if (kind === "event" && account.type === "url_verification") return true;
  if (config.appId !== undefined && account.api_app_id !== config.appId) return false;
  return teamsOf(account).includes(config.teamId);
}

// In a channel shared with another workspace the event may bear that one's id; `authorizations` says whose app sees it.
function teamsOf(account: z.output<typeof Account>): (string | null | undefined)[] {
  const sender = typeof account.user === "object" ? account.user?.team_id : undefined;
  const own = account.team_id ?? account.team?.id ?? sender;
  if (account.is_ext_shared_channel !== true) return [own];
  return [own, ...(account.authorizations ?? []).map((each) => each.team_id)];
}
