import { isAskable } from "#channels/address";
import type { Outside } from "#channels/channel";
import { DeliveryFailure, repeatable } from "#channels/failure";
import { type OutboundAnswer, outbound } from "#lib/outbound-http";
import { refusalOf } from "./failures.ts";
import type { Settings } from "./settings.ts";
import { signedHeaders } from "./signature.ts";

/** What the endpoint is told: `id` is the same at every try. */
export type Told = { id: string; type: string; data: Record<string, unknown> };

/** Posts a signed webhook to the endpoint, and gives its answer. Throws `DeliveryFailure`. */
export async function post(told: Told, settings: Settings, outside: Outside): Promise<OutboundAnswer> {
  const now = outside.now();
  const { id, type, data } = told;
  const body = JSON.stringify({ type, timestamp: now.toISOString(), data });
  const asked = outbound({
    url: askable(settings.endpoint, outside),
    method: "POST",
    headers: { "user-agent": "Baton", ...signedHeaders({ id, at: now, body }, settings) },
    body,
    maxBytes: 65_536,
    timeoutMs: 20_000,
    privateHosts: outside.privateHosts,
  });
  const answer = await asked.catch((error: unknown) => {
    // Receivers take a webhook-id once, so that no outcome is unknown for long.
    throw repeatable(error, "The endpoint");
  });
  if (answer.status < 200 || answer.status > 299) throw refusalOf(answer, now);
  return answer;
}

/** An address that we may ask: https, or plain http at a host that the administrator named. Throws `DeliveryFailure`. */
export function askable(address: string, outside: Outside): URL {
  if (isAskable(address, outside)) return new URL(address);
  throw new DeliveryFailure("permanent", "insecure", "The address must begin with https://.");
}
