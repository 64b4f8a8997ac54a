import { z } from "zod";
import { field, secret } from "#channels/config";

const form = "A secret is whsec_ followed by the base64 of 24 to 64 random bytes.";

/** What a company enters to connect a system of its own (Standard Webhooks 1.0.0, "Signature scheme"). */
export const settings = z.object({
  endpoint: field({
    label: "Endpoint",
    help: "The https address of your system that gets our messages.",
    placeholder: "https://example.com/baton",
  }).refine(isWebAddress, "Enter an address that begins with https://."),
  secret: secret({
    made: "standard_webhooks",
    label: "Signing secret",
    help: "Both sides sign with it. Make one with: echo whsec_$(openssl rand -base64 32)",
    placeholder: "whsec_…",
  }).refine(isSecret, form),
  previousSecret: secret({
    label: "Previous signing secret",
    help: "While you change the secret: the old one is accepted too, until you remove it.",
    placeholder: "whsec_…",
  })
    .refine(isSecret, form)
    .optional(),
});

/** The same, filled in. */
export type Settings = z.output<typeof settings>;

function isSecret(given: string): boolean {
  const [, base64 = ""] = /^whsec_(.+)$/.exec(given) ?? [];
  const bytes = Buffer.from(base64, "base64");
  return bytes.length >= 24 && bytes.length <= 64 && bytes.toString("base64") === base64;
}

function isWebAddress(given: string): boolean {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}
