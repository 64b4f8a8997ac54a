import { z } from "zod";
import { field, secret } from "#channels/config";

/** What a WhatsApp number needs to be connected. */
export const settings = z.object({
  phoneNumberId: field({
    label: "Phone number ID",
    help: "In the Meta app: WhatsApp, API setup. It is not the phone number itself.",
    placeholder: "106540352242922",
  }),
  businessAccountId: field({
    label: "WhatsApp Business account ID",
    help: "In the Meta app: WhatsApp, API setup, below the phone number ID.",
    placeholder: "102290129340398",
  }),
  accessToken: secret({
    label: "Access token",
    help: "Of a system user with whatsapp_business_messaging and whatsapp_business_management, without an end date.",
  }),
  appSecret: secret({ label: "App secret", help: "In the Meta app: App settings, Basic." }),
  verifyToken: secret({
    made: "token",
    label: "Verify token",
    help: "A long random text of your own; Meta shows it back when it asks for the webhook address.",
  }),
});

/** The same, filled in. */
export type Settings = z.output<typeof settings>;
