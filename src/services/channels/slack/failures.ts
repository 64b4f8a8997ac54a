import { webApi } from "@slack/bolt";
import {
  DeliveryFailure,
  type FailureKind,
  networkFailure,
  statusFailure,
  unreadableAnswer,
} from "#channels/failure";
import { retryAfter } from "#channels/retry-after";

const tokenIsGone = "Slack no longer accepts the bot token: install the app again and enter its new token.";
const mayHaveArrived = "Slack failed while it worked on this, so it is not known whether it arrived.";
const notAllowed = "The workspace does not let the app write here.";
const busy = "Slack is not available right now.";
const tooFast = "Slack asks to send more slowly.";
const tooLong = "The message is too long for Slack.";

/** Slack's own codes (docs.slack.dev, "chat.postMessage" and "files.completeUploadExternal", "Errors"). */
const known = new Map<string, [FailureKind, string]>(
  Object.entries({
    invalid_auth: ["revoked", tokenIsGone],
    not_authed: ["revoked", tokenIsGone],
    token_revoked: ["revoked", tokenIsGone],
    token_expired: ["revoked", tokenIsGone],
    account_inactive: ["revoked", tokenIsGone],
    channel_not_found: ["permanent", "The channel does not exist, or the app is no member of it."],
    not_in_channel: ["permanent", "The app is not in this channel: invite it there."],
    is_archived: ["permanent", "The channel is archived."],
    user_not_found: ["permanent", "Slack knows no such person."],
    messages_tab_disabled: ["permanent", "The app takes no direct messages: switch its Messages tab on."],
    msg_too_long: ["permanent", tooLong],
    msg_blocks_too_long: ["permanent", tooLong],
    restricted_action: ["permanent", notAllowed],
    restricted_action_read_only_channel: ["permanent", notAllowed],
    restricted_action_thread_locked: ["permanent", notAllowed],
    ekm_access_denied: ["permanent", notAllowed],
    file_uploads_disabled: ["permanent", "The workspace takes no files."],
    storage_limit_reached: ["permanent", "The workspace has no room left for files."],
    // Slack says of both that "some aspect of the operation" may have succeeded.
    internal_error: ["unknown", mayHaveArrived],
    fatal_error: ["unknown", mayHaveArrived],
    ratelimited: ["passing", tooFast],
    rate_limited: ["passing", tooFast],
    message_limit_exceeded: ["passing", tooFast],
    service_unavailable: ["passing", busy],
    request_timeout: ["passing", busy],
    team_added_to_org: ["passing", "The workspace is being moved, which takes a few minutes."],
  }),
);

/** Reads what Slack's client threw, in words for the operator. */
export function failureOf(error: unknown, now: Date): DeliveryFailure {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new DeliveryFailure("passing", "ratelimited", tooFast, { retryAfter: error.retryAfter });
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    const wait = retryAfter(new Headers(error.headers), now);
    return statusFailure(error.statusCode, "Slack", { retryAfter: wait });
  }
  if (error instanceof webApi.WebAPIPlatformError) return refusalOf(error);
  if (error instanceof webApi.WebAPIRequestError) return networkFailure(error.original, "Slack");
  return networkFailure(error, "Slack");
}

function refusalOf({ data }: webApi.WebAPIPlatformError): DeliveryFailure {
  // Slack's client puts a body that is no JSON, such as a proxy's page, in the place of the code.
  if (!isName(data.error)) return unreadableAnswer("Slack");
  if (data.error === "missing_scope") {
    const needed = "needed" in data && isName(data.needed) ? `: ${data.needed}` : "";
    return new DeliveryFailure("permanent", data.error, `The Slack app lacks a permission${needed}.`);
  }
  const [kind, words] = known.get(data.error) ?? ["permanent", `Slack refused this (${data.error}).`];
  return new DeliveryFailure(kind, data.error, words, { retryAfter: data.response_metadata?.retryAfter });
}

function isName(value: unknown): value is string {
  return typeof value === "string" && /^[a-z][a-z0-9_:.,-]{0,99}$/.test(value);
}
