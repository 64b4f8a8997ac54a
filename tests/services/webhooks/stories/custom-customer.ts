import { Webhook } from "standardwebhooks";
import { customMessage } from "#support/channel-stage";
import type { Customer, Delivery } from "#support/channel-story";
import type { FakeReceiver } from "#support/fake-receiver";

/** Somebody who writes in a system of the company's own. */
export function aCustomCustomer(fake: FakeReceiver, id: string, secret: string) {
  let written = 0;
  const message = (fields: Record<string, unknown>) => {
    written += 1;
    return customMessage(secret, { id: `${id}-${written}`, sender: { id, name: "Kim" }, ...fields });
  };
  const deliver = (type: string, data: Record<string, unknown>): Delivery => {
    const now = new Date();
    const name = crypto.randomUUID();
    const body = JSON.stringify({ type, timestamp: now.toISOString(), data });
    return {
      headers: {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
        "webhook-signature": new Webhook(secret).sign(name, now, body),
      },
      body,
    };
  };
  return {
    message,
    deliver,
    says: (content) => message({ content }),
    shows(picture, content) {
      const path = `/files/${crypto.randomUUID()}.png`;
      fake.files.set(path, { headers: { "content-type": "image/png" }, bytes: picture });
      const url = `http://${fake.host}${path}`;
      return message({ content, attachments: [{ url, type: "image", name: "it.png" }] });
    },
    tells: (status, part) => deliver("receipt.updated", { id: part.id, status, thread: id }),
    received: () =>
      [...fake.taken.values()]
        .filter(({ data }) => data.conversation === id)
        .map(({ data }) => ({
          id: String(data.id),
          text: String(data.content ?? ""),
          buttons: [],
          file: data.attachments !== undefined,
        })),
  } satisfies Customer & Record<string, unknown>;
}
