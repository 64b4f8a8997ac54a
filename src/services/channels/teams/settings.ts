import { z } from "zod";
import { field, secret } from "#channels/config";

const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What a company enters to connect its Azure bot. */
export const settings = z.object({
  appId: field({
    label: "Microsoft App ID",
    help: "In the Azure portal: your bot, Configuration, Microsoft App ID.",
    placeholder: "00000000-0000-0000-0000-000000000000",
  }).regex(guid, "The Microsoft App ID has the form 00000000-0000-0000-0000-000000000000."),
  appPassword: secret({
    label: "Client secret",
    help: "In the Azure portal: the app registration of your bot, Certificates & secrets. Copy the value, not its ID.",
  }),
  tenantId: field({
    label: "Tenant ID",
    help: "In the Azure portal: your bot, Configuration, App Tenant ID. Only conversations of this organisation are accepted.",
    placeholder: "00000000-0000-0000-0000-000000000000",
  }).regex(guid, "The tenant ID has the form 00000000-0000-0000-0000-000000000000."),
});

/** The same, filled in. */
export type Settings = z.output<typeof settings>;
