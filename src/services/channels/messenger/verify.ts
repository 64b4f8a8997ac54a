import type { Verified, WebhookRequest } from "#channels/channel";
import { verifyDelivery } from "#channels/meta/delivery";
import { Accounts } from "./payload.ts";
import type { Settings } from "./settings.ts";

/** Says whether a delivery is signed by our app and holds something for our Page. */
export async function verify(request: WebhookRequest, settings: Settings): Promise<Verified> {
  const { appSecret, pageId } = settings;
  return verifyDelivery(request, appSecret, {
    schema: Accounts,
    isOurs: ({ entry }) => entry.some(({ id }) => id === pageId),
  });
}
