import { callSql } from "#lib/db";
import { AppError } from "#lib/errors";
import { groupCommit } from "#lib/group-commit";
import { newId } from "#lib/ids";
import { once } from "#lib/registry";
import type { WebhookRequest } from "#services/channels";

type Arrival = { companyId: string; connectionId: string; platformId: string; request: WebhookRequest };

/** More than this under way at once cannot be stored within any platform's patience: they are asked to come again. */
const mostWaiting = 1_000;

type Desk = { waiting: number; store(arrival: Arrival): Promise<undefined> };

/**
 * Stores a verified delivery and the work on it in one commit, with those that come at the same time; the same delivery
 * twice is stored once. Throws `unavailable` with `retryAfter` where more comes than can be stored.
 */
export async function takeIn(arrival: Arrival): Promise<void> {
  const desk = once<Desk>("webhooks.desk", () => ({
    waiting: 0,
    store: groupCommit(storeAll, { lanes: 2, most: 64 }),
  }));
  if (desk.waiting >= mostWaiting) {
    throw new AppError("unavailable", "More deliveries come than can be stored: send it again.", {
      retryAfter: 2,
    });
  }
  desk.waiting += 1;
  try {
    await desk.store(arrival);
  } finally {
    desk.waiting -= 1;
  }
}

async function storeAll(arrivals: Arrival[]): Promise<undefined[]> {
  const deliveries = arrivals.map(({ request, platformId, ...place }) => ({
    ...place,
    id: newId(request.now.getTime()),
    platformId: platformId.slice(0, 255),
    url: request.url.href,
    contentType: request.headers.get("content-type") ?? undefined,
    body: request.rawBody.toString("base64"),
    receivedAt: request.now.toISOString(),
  }));
  await callSql("SELECT take_in($1::jsonb)", [JSON.stringify(deliveries)], { name: "take_in" });
  return arrivals.map(() => undefined);
}
