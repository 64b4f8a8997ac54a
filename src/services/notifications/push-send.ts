import webPush from "web-push";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { log } from "#lib/log";
import { OutboundError, outbound } from "#lib/outbound-http";
import { pushKeys } from "#lib/push-keys";
import type { Subscription } from "./push-subscriptions.ts";

/** What a browser's service worker is given; its shape is known to public/push-worker.js. */
export type PushPayload = {
  /** The same twice is one, also where a window has shown it already. */
  key: string;
  /** A newer one takes the place of an older one with the same tag. */
  tag: string;
  title: string;
  body: string;
  url: string;
};

export type PushUrgency = "normal" | "high";

/** How a push ended: taken by the push service, ended by the browser, or refused for good. */
export type PushOutcome = "sent" | "gone" | "refused";

/**
 * Sends a push, encrypted for one browser alone (RFC 8291) and named as ours (RFC 8292). Throws `unavailable` where trying
 * again later makes sense.
 */
export async function sendPush(
  subscription: Subscription,
  payload: PushPayload,
  { urgency, seconds }: { urgency: PushUrgency; seconds: number },
): Promise<PushOutcome> {
  const { endpoint, p256dh, auth } = subscription;
  const request = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh, auth } },
    JSON.stringify(payload),
    {
      vapidDetails: await pushKeys(),
      TTL: seconds,
      urgency,
      // What was not fetched yet is replaced, not added to.
      topic: payload.tag.replaceAll("-", "").slice(0, 32),
    },
  );
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const { status } = await outbound({
    url: request.endpoint,
    method: "POST",
    headers,
    body: request.body ?? Buffer.alloc(0),
    privateHosts: env.OUTBOUND_PRIVATE_HOSTS,
  }).catch(failed);
  if (status >= 200 && status < 300) return "sent";
  if (status === 404 || status === 410) return "gone";
  if (status === 429 || status >= 500) throw later(`it answered ${status}`);
  log.warn({ status, service: new URL(endpoint).host }, "A push service refused a push");
  return "refused";
}

function failed(error: unknown): { status: number } {
  if (error instanceof OutboundError && (error.code === "private_address" || error.code === "bad_address")) {
    return { status: 400 };
  }
  throw later("it cannot be reached", error);
}

function later(why: string, cause?: unknown): AppError {
  return new AppError("unavailable", `The push service takes nothing now: ${why}.`, { cause });
}
