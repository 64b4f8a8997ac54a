import { PlatformName } from "#contracts/channel";

/** Good settings of every platform; each secret holds `mark`, so that it is known wherever it turns up. */
export function settingsOf(
  mark: string,
  endpoint = "https://shop.example/baton",
): Record<PlatformName, Record<string, string>> {
  const signing = (name: string) =>
    `whsec_${Buffer.from(`${mark}-${name}`.padEnd(40, "x")).toString("base64")}`;
  return {
    whatsapp: {
      phoneNumberId: "106540352242922",
      businessAccountId: "102290129340398",
      accessToken: `EAAG-${mark}-wa-token`,
      appSecret: `${mark}-wa-app-secret`,
      verifyToken: `${mark}-wa-verify`,
    },
    telegram: { botToken: `123456789:${mark}-bot-token`, webhookSecret: `${mark}-webhook-secret` },
    slack: {
      signingSecret: `${mark}-signing-secret`,
      botToken: `xoxb-${mark}-slack-token`,
      teamId: "T0123456789",
    },
    teams: {
      appId: "11111111-2222-4333-8444-555555555555",
      appPassword: `${mark}-teams-password`,
      tenantId: "66666666-7777-4888-8999-000000000000",
    },
    messenger: {
      pageId: "1906385232743451",
      pageAccessToken: `EAAG-${mark}-page-token`,
      appSecret: `${mark}-fb-app-secret`,
      verifyToken: `${mark}-fb-verify`,
    },
    sms: {
      accountSid: `AC${"a1".repeat(16)}`,
      authToken: `${mark}-auth-token`,
      from: "+15550100000",
    },
    custom: { endpoint, secret: signing("new"), previousSecret: signing("old") },
  };
}

/** The names of the platforms. */
export const platforms = PlatformName.options;
