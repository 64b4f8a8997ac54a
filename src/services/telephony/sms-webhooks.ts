import type { Reply, WebhookRequest } from "#services/channels";
import { outsideOf } from "#services/channels";
import { takeIn } from "#services/webhooks";
import { signedLine } from "./signed-line.ts";

const accepted: Reply = { status: 200, body: "", contentType: "text/plain; charset=utf-8" };

/**
 * Takes in what Twilio tells of messages at the address that all companies share: the numbers it names lead to the lines,
 * and the line whose token has signed it takes it in as at its own address. Throws `unauthenticated` where none has,
 * `rate_limited`, and `unavailable` where more comes than can be stored.
 */
export async function receiveSms(request: WebhookRequest, ip: string): Promise<Reply> {
  const form = new URLSearchParams(request.rawBody.toString("utf8"));
  // A customer's message names us as its receiver, what became of ours as its sender.
  const isStatus = form.has("MessageStatus");
  const number = form.get(isStatus ? "From" : "To");
  const line = await signedLine({
    names: [number ?? undefined, form.get("MessagingServiceSid") ?? undefined],
    verify: ({ adapter, config }) =>
      adapter.verify(
        request,
        config,
        outsideOf("sms", () => request.now),
      ),
    ip,
    now: request.now,
  });
  const { adapter, config, companyId, id: connectionId } = line;
  await takeIn({ companyId, connectionId, platformId: adapter.deliveryId(request), request });
  return adapter.acknowledge?.(request, config) ?? accepted;
}
