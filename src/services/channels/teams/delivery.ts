import type { Reply, WebhookRequest } from "#channels/channel";
import { emptyReply, nameOr } from "#channels/delivery";
import { activityIn } from "./payload.ts";

/**
 * What each invoke that we know is answered with (learn.microsoft.com, Teams platform, "Universal Actions for Adaptive
 * Cards" and "Bot feedback buttons"). A card shows an error where its answer has no type.
 */
const answers = new Map<string, object>([
  [
    "adaptiveCard/action",
    { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: "✓" },
  ],
  ["message/submitAction", {}],
  ["fileConsent/invoke", {}],
]);

/**
 * What Teams repeats when it sends a delivery again after fifteen seconds: the activity's id, and for a changed message,
 * which keeps its id, the moment of the change.
 */
export function deliveryId({ rawBody }: WebhookRequest): string {
  const activity = activityIn(rawBody);
  if (activity?.id === undefined) return nameOr(undefined, rawBody);
  const { conversation, id, type, timestamp = "" } = activity;
  return nameOr([conversation.id, id, type, ...(type === "message" ? [] : [timestamp])].join("|"), rawBody);
}

/** Answers an invoke in the body, as Teams waits for one, and any other activity with nothing. */
export function acknowledge({ rawBody }: WebhookRequest): Reply {
  const activity = activityIn(rawBody);
  if (activity?.type !== "invoke") return emptyReply;
  const answer = answers.get(activity.name ?? "");
  // Not implemented, as the Bot Framework has a bot say to what it has no handler for.
  if (answer === undefined) return { status: 501, body: "{}", contentType: "application/json" };
  return { status: 200, body: JSON.stringify(answer), contentType: "application/json" };
}
