import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callSql, read } from "#lib/db";
import { type ChannelStage, logOf, openChannelStage, until } from "#support/channel-stage";
import { beginStory } from "#support/channel-story";
import { type FakeGraph, startFakeGraph } from "#support/fake-graph";
import { type FakeTelegram, startFakeTelegram } from "#support/fake-telegram";
import { type FakeTwilio, startFakeTwilio } from "#support/fake-twilio";
import { aMessengerCustomer, messengerSettings } from "./messenger-customer.ts";
import { account, anSmsCustomer, smsSettings } from "./sms-customer.ts";
import { aTelegramCustomer, settings as bot } from "./telegram-customer.ts";

let graph: FakeGraph;
let telegram: FakeTelegram;
let twilio: FakeTwilio;
let stage: ChannelStage;
beforeAll(async () => {
  [graph, telegram, twilio] = await Promise.all([
    startFakeGraph(),
    startFakeTelegram(bot.botToken),
    startFakeTwilio(account),
  ]);
  stage = await openChannelStage({
    META_GRAPH_BASE_URL: graph.url,
    TELEGRAM_API_ROOT: telegram.outside.bases.telegramApi,
    TWILIO_API_BASE_URL: twilio.url,
    PUBLIC_BASE_URL: "https://help.example.com",
  });
});
afterAll(async () => {
  await stage.close();
  await Promise.all([graph.close(), telegram.close(), twilio.close()]);
});

type Story = Awaited<ReturnType<typeof beginStory>>;

/** A conversation that a person answers and closes. */
async function solved(story: Story) {
  await story.says("How can I pay?");
  await story.hears("PayPal");
  await story.asOperator("take-over");
  await story.replies("By invoice too.");
  await story.hears("By invoice too.");
  await story.asOperator("resolve");
  await asksNow(story);
}

/** Has the question that waits for the end to last be put now. */
const asksNow = ({ shop }: Story) =>
  callSql(
    `UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key LIKE 'rating.ask:%' AND payload->>'companyId' = $1`,
    [shop.companyId],
  );

const scoresOf = (story: Story) =>
  read(story.shop.companyId, "SELECT of, score FROM rating WHERE company_id = $1", [story.shop.companyId]);

const onTelegram = async (id: number) => {
  const customer = aTelegramCustomer(telegram, id);
  return { customer, story: await beginStory(stage, "telegram", bot, () => customer) };
};

describe.concurrent("a customer of a platform with buttons", { timeout: 60_000 }, () => {
  it("is asked with them, and answers with one tap that is no message", async () => {
    const { customer, story } = await onTelegram(801);
    await solved(story);
    const asked = await story.hears("How was your conversation with Ada Owner?");
    expect(asked.buttons).toEqual(["1", "2", "3", "4", "5"]);
    await story.posts(customer.presses("4", asked));
    await story.hears("Thank you for your rating.");
    expect(await scoresOf(story)).toEqual([{ of: "human", score: 4 }]);
    expect(await story.state()).toBe("RESOLVED");
    await story.countsBothEnds();
  });

  it("means a number that is merely written, and goes on", async () => {
    const { story } = await onTelegram(802);
    await solved(story);
    await story.hears("How was your conversation");
    await story.says("4");
    await until(async () => (await story.state()) === "ACTIVE");
    expect(await scoresOf(story)).toEqual([{ of: "human", score: null }]);
  });

  it("is understood where the platform does not say what a button belonged to, while nothing was said since", async () => {
    const customer = aMessengerCustomer(graph, "psid-803");
    const story = await beginStory(stage, "messenger", messengerSettings(), () => customer);
    await solved(story);
    const asked = await story.hears("How was your conversation");
    expect(asked.buttons).toHaveLength(5);
    await story.posts(customer.presses("5"));
    await story.hears("Thank you for your rating.");
    expect(await scoresOf(story)).toEqual([{ of: "human", score: 5 }]);
    expect(await story.state()).toBe("RESOLVED");
  });
});

it("asks nobody whose platform has no buttons", { timeout: 60_000 }, async () => {
  const story = await beginStory(stage, "sms", smsSettings(account.number), (url) =>
    anSmsCustomer(twilio, "+15550100804", url, account.number),
  );
  await solved(story);
  await story.settled();
  const { companyId } = story.shop;
  await until(async () => {
    const waiting = await read(
      companyId,
      "SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'rating.ask'",
    );
    return waiting.length === 0;
  });
  expect((await logOf(companyId)).map(({ text }) => text).join()).not.toContain("How was your conversation");
  expect(await scoresOf(story)).toEqual([]);
});
