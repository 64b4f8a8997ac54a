import { isValidSlackRequest } from "@slack/bolt";
import type { Verified, WebhookRequest } from "#channels/channel";
import { readAs } from "#channels/json";
import { type Body, readBody } from "./body.ts";
import { Account } from "./payload.ts";
import type { Settings } from "./settings.ts";

/** The headers of a signed delivery. */
export const signed = { signature: "x-slack-signature", timestamp: "x-slack-request-timestamp" } as const;

const toleranceSeconds = 300;

/** Says whether a delivery is signed by Slack and this workspace's (docs.slack.dev, "Verifying requests from Slack"). */
export async function verify(request: WebhookRequest, settings: Settings): Promise<Verified> {
  const signature = request.headers.get(signed.signature) ?? "";
  const timestamp = request.headers.get(signed.timestamp) ?? "";
  if (!/^\d{1,12}$/.test(timestamp)) return { ok: false, reason: "signature" };
  const seconds = Number(timestamp);
  // Bolt refuses what is old and lets pass what claims to come from the future.
  if (Math.abs(request.now.getTime() / 1000 - seconds) > toleranceSeconds) {
    return { ok: false, reason: "stale" };
  }
  const isSigned = isValidSlackRequest({
    signingSecret: settings.signingSecret,
    body: request.rawBody.toString("utf8"),
    headers: { [signed.signature]: signature, [signed.timestamp]: seconds },
    nowMilliseconds: request.now.getTime(),
  });
  if (!isSigned) return { ok: false, reason: "signature" };
  const body = signedBody(request);
  return body === undefined || isOurs(body, settings) ? { ok: true } : { ok: false, reason: "wrong_account" };
}

/** Undefined for Slack's own in a shape that we do not know: it is kept to be read after a fix. */
function signedBody(request: WebhookRequest): { kind: Body["kind"]; account: Account } | undefined {
  try {
    const { kind, fields } = readBody(request);
    return { kind, account: readAs(Account, fields) };
  } catch {
    return undefined;
  }
}

function isOurs({ kind, account }: { kind: Body["kind"]; account: Account }, settings: Settings): boolean {
  // It belongs to the app, before any workspace is spoken of.
  if (kind === "event" && account.type === "url_verification") return true;
  if (settings.appId !== undefined && account.api_app_id !== settings.appId) return false;
  return teamsOf(account).includes(settings.teamId);
}

// In a channel shared with another workspace the event may bear that one's id; `authorizations` says whose app sees it.
function teamsOf(account: Account): (string | null | undefined)[] {
  const sender = typeof account.user === "object" ? account.user?.team_id : undefined;
  const own = account.team_id ?? account.team?.id ?? sender;
  if (account.is_ext_shared_channel !== true) return [own];
  return [own, ...(account.authorizations ?? []).map((each) => each.team_id)];
}
