import { createHash } from "node:crypto";
import type { WebhookRequest } from "#channels/channel";
import { activityIn } from "./activity.ts";

const longest = 255;

/**
 * What Teams repeats when it sends a delivery again after fifteen seconds: the activity's id, and for a changed message,
 * which keeps its id, the moment of the change.
 */
export function deliveryId({ rawBody }: WebhookRequest): string {
  const activity = activityIn(rawBody);
  if (activity?.id === undefined) return hash(rawBody);
  const { conversation, id, type, timestamp = "" } = activity;
  const name = [conversation.id, id, type, ...(type === "message" ? [] : [timestamp])].join("|");
  return name.length > longest ? hash(name) : name;
}

function hash(whole: string | Buffer): string {
  return createHash("sha256").update(whole).digest("hex");
}
