import type { Verified, WebhookRequest } from "#channels/channel";
import { verifyDelivery } from "#channels/meta/delivery";
import { Accounts } from "./payload.ts";
import type { Settings } from "./settings.ts";

/** Says whether a delivery is signed by our app and holds something for our number. */
export async function verify(request: WebhookRequest, settings: Settings): Promise<Verified> {
  const { appSecret, businessAccountId, phoneNumberId } = settings;
  return verifyDelivery(request, appSecret, {
    schema: Accounts,
    isOurs: ({ entry }) =>
      entry.some(({ id, changes }) => {
        // An account may have several numbers; what names none concerns the account as a whole.
        const numbers = changes.flatMap(({ value }) => value?.metadata?.phone_number_id ?? []);
        return id === businessAccountId && (numbers.length === 0 || numbers.includes(phoneNumberId));
      }),
  });
}
