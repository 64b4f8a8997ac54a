import type { z } from "zod";
import type { WebhookPath } from "#contracts/channel";
import { AppError } from "#lib/errors";
import type { Reply, WebhookRequest } from "#services/channels";
import { outsideOf } from "#services/channels";
import { connectionByWebhook, countRejection, type OpenConnection } from "#services/connections";
import { limit } from "#services/rate-limit";
import { takeIn } from "./intake.ts";

type Path = z.output<typeof WebhookPath>;

const accepted: Reply = { status: 200, body: "", contentType: "text/plain; charset=utf-8" };

/**
 * Takes in a platform's request: the connection is found by its address, the adapter checks that the platform itself
 * sent it, and it is stored before it is acknowledged. Throws `not_found` for a path that is none, `unauthenticated` for
 * what the platform did not sign, `rate_limited`, and `unavailable` where more comes than can be stored.
 */
export async function receiveWebhook(path: Path, request: WebhookRequest, ip: string): Promise<Reply> {
  const connection = await connectionAt(path, request.now, ip);
  const { adapter, config } = connection;
  const answer = adapter.handshake?.(request, config);
  if (answer !== undefined && answer.status >= 400) {
    await limit({ ip });
    await countRejection(connection, "verify_token", request.now);
  }
  if (answer !== undefined) return answer;
  if (request.method === "GET") throw unknownAddress();
  await limit({ webhook: connection.id });

  const verdict = await adapter.verify(
    request,
    config,
    outsideOf(adapter.name, () => request.now),
  );
  if (!verdict.ok) {
    await limit({ ip });
    await countRejection(connection, verdict.reason, request.now);
    throw new AppError("unauthenticated", "This delivery is not signed as it has to be.");
  }
  await takeIn({
    companyId: connection.companyId,
    connectionId: connection.id,
    platformId: adapter.deliveryId(request),
    request,
  });
  return adapter.acknowledge?.(request, config) ?? accepted;
}

async function connectionAt(path: Path, now: Date, ip: string): Promise<OpenConnection> {
  const connection = await connectionByWebhook(path.webhookId);
  if (connection !== undefined && matches(connection, path) && connection.state !== "paused")
    return connection;
  await limit({ ip });
  // Who knows the secret part of the address has pasted it wrongly, and should see that.
  if (connection !== undefined && !matches(connection, path))
    await countRejection(connection, "wrong_path", now);
  throw unknownAddress();
}

function matches(connection: OpenConnection, { companyId, agentId, channel }: Path): boolean {
  return (
    connection.companyId === companyId && connection.agentId === agentId && connection.channel === channel
  );
}

function unknownAddress(): AppError {
  return new AppError("not_found", "There is nothing here.");
}
