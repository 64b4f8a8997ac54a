import { z } from "zod";
import { field, secret } from "#channels/config";

/** What a Facebook Page needs to be connected. */
export const settings = z.object({
  pageId: field({
    label: "Page ID",
    help: "On the Page: About, Page transparency.",
    placeholder: "1906385232743451",
  }),
  pageAccessToken: secret({
    label: "Page access token",
    help: "Of this Page, with pages_messaging and pages_manage_metadata, without an end date.",
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
