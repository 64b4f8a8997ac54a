import type { Outside } from "#channels/channel";
import { type OutboundAnswer, outbound } from "#lib/outbound-http";
import { askable } from "./address.ts";
import { refused, unanswered } from "./failures.ts";
import type { CustomSettings } from "./settings.ts";
import { signaturesOf, signed } from "./signature.ts";

/** What the endpoint is told: `id` is the same at every try. */
export type Told = { id: string; type: string; data: Record<string, unknown> };

/** Posts a signed webhook to the endpoint, and gives its answer. Throws `DeliveryFailure`. */
export async function post(told: Told, settings: CustomSettings, outside: Outside): Promise<OutboundAnswer> {
  const now = outside.now();
  const { id, type, data } = told;
  const body = JSON.stringify({ type, timestamp: now.toISOString(), data });
  const answer = await answered({
    url: askable(settings.endpoint, outside),
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "Baton",
      [signed.id]: id,
      [signed.timestamp]: String(Math.floor(now.getTime() / 1_000)),
      [signed.signature]: signaturesOf(id, now, body, settings).join(" "),
    },
    body,
    maxBytes: 65_536,
    timeoutMs: 20_000,
    privateHosts: outside.privateHosts,
  });
  if (answer.status < 200 || answer.status > 299) throw refused(answer, now);
  return answer;
}

async function answered(request: Parameters<typeof outbound>[0]): Promise<OutboundAnswer> {
  try {
    return await outbound(request);
  } catch (error) {
    throw unanswered(error);
  }
}
