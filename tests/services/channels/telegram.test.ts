import { describe, expect, it } from "vitest";
import { telegram } from "#channels/telegram/channel";
import { configFields, outsideOf, type WebhookRequest } from "#services/channels";
import { keepsTheChannelContract, type Signing } from "#support/channel-contract";
import { bot, message, payloads } from "./payloads/telegram.ts";

const config = { botToken: `${bot.id}:AA-own_key`, webhookSecret: "own-secret_1", botUsername: "@AcmeBot" };
const foreignSecrets = { botToken: "7000000002:AA-other_key", webhookSecret: "other-secret" };

const request = (body: unknown, signing: Signing = {}): WebhookRequest => {
  const { webhookSecret } = { ...config, ...signing.secretsOf };
  return {
    method: "POST",
    url: new URL("https://help.example.com/api/webhooks/c/a/telegram/w"),
    headers: new Headers({
      "content-type": "application/json",
      "x-telegram-bot-api-secret-token": webhookSecret,
    }),
    rawBody: Buffer.from(JSON.stringify(body)),
    now: new Date(),
  };
};

keepsTheChannelContract({
  channel: telegram,
  config,
  foreignSecrets,
  request,
  outside: outsideOf(),
  payloads,
  text: (words, externalId = "42") => message({ text: words, message_id: externalId }, externalId),
  ownEcho: message({ from: bot, text: "Hello, this is Acme" }),
  signsBody: false,
  timed: false,
  unknownKind: { update_id: 10_099, managed_bot: { user: bot } },
});

describe("Telegram", () => {
  it("ends the waiting circle on a pressed button with its answer to the delivery", () => {
    const pressed = payloads.find(({ name }) => name === "a pressed button by its title");

    const reply = telegram.acknowledge?.(request(pressed?.body), config);

    expect(reply).toMatchObject({ status: 200, contentType: "application/json" });
    expect(JSON.parse(reply?.body ?? "")).toEqual({
      method: "answerCallbackQuery",
      callback_query_id: "4382bfdwdsb323b2d9",
    });
  });

  it("answers all else with an empty 200, also what it cannot read", () => {
    const torn = { ...request({}), rawBody: Buffer.from("{") };

    expect(telegram.acknowledge?.(request(message({ text: "Hello" })), config)).toMatchObject({ body: "" });
    expect(telegram.acknowledge?.(torn, config)).toMatchObject({ status: 200, body: "" });
  });

  it("names what it cannot read by its bytes, so that it can be kept and replayed", () => {
    const torn = (bytes: string) => telegram.deliveryId({ ...request({}), rawBody: Buffer.from(bytes) });

    expect(torn("{")).toBe(torn("{"));
    expect(torn("{")).not.toBe(torn("{["));
  });

  it("keeps the number of an update whose rest it cannot read", () => {
    const strange = request({ update_id: 77, message: "not a message" });

    expect(telegram.deliveryId(strange)).toBe("77");
    expect(() => telegram.parse(strange, config)).toThrow();
  });

  it("hears no mention in groups as long as it does not know its username", () => {
    const mention = payloads.find(({ name }) => name.startsWith("a mention behind"));

    expect(telegram.parse(request(mention?.body), { ...config, botUsername: undefined })).toEqual([]);
  });

  it.each([
    ["a token that leads elsewhere", { botToken: "1:a/../../x" }],
    ["a secret that Telegram would refuse", { webhookSecret: "ä secret" }],
    ["a username that is none", { botUsername: "acme bot" }],
  ])("takes no %s", (_, wrong) => {
    expect(telegram.config.safeParse({ ...config, ...wrong }).success).toBe(false);
  });

  it("asks for its settings in words, and for the username only where one is wanted", () => {
    expect(configFields(telegram.config)).toMatchObject([
      { name: "botToken", label: "Bot token", secret: true, required: true },
      { name: "webhookSecret", label: "Webhook secret", secret: true, required: true },
      { name: "botUsername", label: "Bot username", secret: false, required: false },
    ]);
  });
});
