import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Offering } from "#contracts/structured";
import { type ChannelStage, openChannelStage } from "#support/channel-stage";
import { beginStory } from "#support/channel-story";
import { type FakeTelegram, startFakeTelegram } from "#support/fake-telegram";
import { type FakeTwilio, startFakeTwilio } from "#support/fake-twilio";
import { account, anSmsCustomer, smsSettings } from "./sms-customer.ts";
import { aTelegramCustomer, settings as bot } from "./telegram-customer.ts";

let telegram: FakeTelegram;
let twilio: FakeTwilio;
let stage: ChannelStage;
beforeAll(async () => {
  [telegram, twilio] = await Promise.all([startFakeTelegram(bot.botToken), startFakeTwilio(account)]);
  stage = await openChannelStage({
    TELEGRAM_API_ROOT: telegram.outside.bases.telegramApi,
    TWILIO_API_BASE_URL: twilio.url,
    PUBLIC_BASE_URL: "https://help.example.com",
  });
});
afterAll(async () => {
  await stage.close();
  await Promise.all([telegram.close(), twilio.close()]);
});

const choices: Offering = {
  kind: "choices",
  choices: [
    { id: "s", label: "Small" },
    { id: "l", label: "Large" },
  ],
};
const cards: Offering = {
  kind: "cards",
  cards: [
    {
      title: "Fjell 2 [new]",
      text: "For two, *light*.",
      actions: [
        { label: "See it", url: "https://shop.example/fjell-2" },
        { label: "This one", reply: "I take the Fjell 2" },
      ],
    },
    { title: "Fjell 3", actions: [] },
  ],
};
const form: Offering = {
  kind: "form",
  title: "Your order",
  fields: [
    { id: "order", label: "Order number", type: "text", required: true, hint: "begins with N" },
    { id: "size", label: "Size", type: "choice", required: false, choices: choices.choices },
  ],
};

async function onTelegram(id: number) {
  const customer = aTelegramCustomer(telegram, id);
  const story = await beginStory(stage, "telegram", bot, () => customer);
  await story.says("Hello");
  await story.settled();
  await story.asOperator("take-over");
  return { customer, story };
}

async function bySms(phone: string) {
  const story = await beginStory(stage, "sms", smsSettings(), (url) => anSmsCustomer(twilio, phone, url));
  await story.says("Hello");
  await story.settled();
  await story.asOperator("take-over");
  return story;
}

describe("what a message carries beside its text", { timeout: 60_000 }, () => {
  it("becomes the platform's buttons, and a press is a message of the customer", async () => {
    const { customer, story } = await onTelegram(801);
    await story.replies("Which size?", { data: choices });
    const asked = await story.hears("Which size?");
    expect(asked.buttons).toEqual(["Small", "Large"]);
    story.written.push("Large");
    await story.posts(customer.presses("Large", asked));
    await story.settled();
    const { messages } = await story.detail();
    expect(messages.at(-1)).toMatchObject({ author: { kind: "customer" }, text: "Large" });
  });

  it("is written out where there are no buttons", async () => {
    const story = await bySms("+15550801");
    await story.replies("Which size?", { data: choices });
    const { text } = await story.hears("Which size?");
    expect(text).toMatch(/[-•] Small\n[-•] Large/);
  });

  it("becomes text with links, and a button for each reply", async () => {
    const { story } = await onTelegram(802);
    await story.replies("Two tents fit.", { data: cards });
    const { text, buttons } = await story.hears("Two tents fit.");
    expect(text).toContain('<a href="https://shop.example/fjell-2">See it</a>');
    expect(text).toContain("<b>Fjell 2 [new]</b>");
    expect(text).toContain("For two, *light*.");
    expect(buttons).toEqual(["I take the Fjell 2"]);
  });

  it("lists what a form asks for, and the customer's words are an ordinary message", async () => {
    const story = await bySms("+15550802");
    await story.replies("Please tell me:", { data: form });
    const { text } = await story.hears("Please tell me:");
    expect(text).toMatch(/Your order/);
    expect(text).toMatch(/1\. Order number \(begins with N\)\n2\. Size: Small, Large, if you like/);
    await story.says("N-12, Large");
    await story.settled();
    expect((await story.detail()).messages.at(-1)?.text).toBe("N-12, Large");
  });
});
