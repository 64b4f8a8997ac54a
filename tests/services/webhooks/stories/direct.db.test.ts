import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read } from "#lib/db";
import {
  aCustomSecret,
  type ChannelStage,
  logOf,
  openChannelStage,
  post,
  until,
} from "#support/channel-stage";
import { beginStory, tellStory } from "#support/channel-story";
import { type FakeReceiver, startFakeReceiver } from "#support/fake-receiver";
import { type FakeTelegram, startFakeTelegram } from "#support/fake-telegram";
import { type FakeTwilio, startFakeTwilio } from "#support/fake-twilio";
import { aCustomCustomer } from "./custom-customer.ts";
import { account, anSmsCustomer, smsSettings } from "./sms-customer.ts";
import { aTelegramCustomer, settings as bot, update } from "./telegram-customer.ts";

const secret = aCustomSecret();
let receiver: FakeReceiver;
let telegram: FakeTelegram;
let twilio: FakeTwilio;
let stage: ChannelStage;
beforeAll(async () => {
  [receiver, telegram, twilio] = await Promise.all([
    startFakeReceiver(secret),
    startFakeTelegram(bot.botToken),
    startFakeTwilio(account),
  ]);
  stage = await openChannelStage({
    OUTBOUND_PRIVATE_HOSTS: receiver.host,
    TELEGRAM_API_ROOT: telegram.outside.bases.telegramApi,
    TWILIO_API_BASE_URL: twilio.url,
    PUBLIC_BASE_URL: "https://help.example.com",
  });
});
afterAll(async () => {
  await stage.close();
  await Promise.all([receiver.close(), telegram.close(), twilio.close()]);
});

async function onTelegram(id: number) {
  const customer = aTelegramCustomer(telegram, id);
  return { customer, story: await beginStory(stage, "telegram", bot, () => customer) };
}

function bySms(phone: string, number = account.number) {
  return beginStory(stage, "sms", smsSettings(number), (url) => anSmsCustomer(twilio, phone, url, number));
}

function inOwnSystem(id: string) {
  const settings = { secret, endpoint: receiver.url };
  return beginStory(stage, "custom", settings, () => aCustomCustomer(receiver, id, secret));
}

describe.concurrent("a customer on Telegram", { timeout: 60_000 }, () => {
  it("is answered by the assistant, served by a person, and handed back", async () => {
    const { story } = await onTelegram(501);
    await tellStory(story, (words) => `<b>${words}</b>`);
  });

  it("is greeted where they press start, without a question to the assistant", async () => {
    const { customer, story } = await onTelegram(511);
    const text = "/start order-17";
    await story.posts(customer.message({ text, entities: [{ type: "bot_command", offset: 0, length: 6 }] }));
    const [greeting] = await until(() => customer.received().length > 0 && customer.received());
    const [card] = await read<{ greeting: string; suggestions: string[] }>(
      story.shop.companyId,
      "SELECT greeting, suggestions FROM agent",
    );
    expect(greeting).toMatchObject({ text: card?.greeting, buttons: card?.suggestions });
    await story.settled();
    expect(customer.received()).toHaveLength(1);
    story.written.push(text);
    await story.countsBothEnds();
    await story.redelivers();
  });

  it("who has blocked the bot is not reached, until they let it write again", async () => {
    const { customer, story } = await onTelegram(502);
    const becomes = (status: string) => {
      const [old_chat_member, new_chat_member] = [{ status: "member" }, { status }];
      const { chat, from } = customer;
      return update({
        my_chat_member: { chat, from, date: 1_764_000_000, old_chat_member, new_chat_member },
      });
    };
    await story.says("How can I pay?");
    await story.hears("PayPal");
    await story.asOperator("take-over");
    await story.settled();
    await story.posts(becomes("kicked"));
    await story.settled();
    const late = await story.replies("Are you there?");
    expect(await story.delivered(late, "failed")).toMatchObject({
      words: "The customer has blocked us there.",
    });
    await story.posts(becomes("member"));
    await story.settled();
    await story.asOperator(`messages/${late}/retry`);

    await story.delivered(late, "sent");
    await story.countsBothEnds();
  });

  it("shows operators alone what was reacted to and changed, each change of one second too", async () => {
    const { customer, story } = await onTelegram(503);
    const { chat, from: user } = customer;
    await story.says("How can I pay?");
    await story.hears("PayPal");
    const reacts = (...emoji: string[]) => {
      const new_reaction = emoji.map((each) => ({ type: "emoji", emoji: each }));
      const place = { chat, message_id: 1, user, date: 1_764_000_000 };
      return update({ message_reaction: { ...place, old_reaction: [], new_reaction } });
    };
    const changes = (text: string) => {
      const dates = { date: 1_764_000_000, edit_date: 1_764_000_001 };
      return update({ edited_message: { message_id: 1, chat, from: user, ...dates, text } });
    };
    for (const each of [
      reacts("👍"),
      reacts(),
      changes("How can I pay now?"),
      changes("How can I pay later?"),
    ]) {
      await story.posts(each);
    }
    await story.settled();

    expect((await story.remarks()).toSorted()).toEqual([
      "The customer changed this message to: How can I pay later?",
      "The customer changed this message to: How can I pay now?",
      "The customer reacted with 👍",
      "The customer took back a reaction.",
    ]);
    await story.countsBothEnds();
    await story.redelivers();
  });
});

describe.concurrent("a customer who writes by SMS", { timeout: 60_000 }, () => {
  it("is answered by the assistant, served by a person, and handed back", async () => {
    await tellStory(await bySms("+15557001"), (words) => words);
  });

  it("who wrote STOP is not written to, until they write START", async () => {
    const story = await bySms("+15557002");
    const customer = anSmsCustomer(twilio, "+15557002", story.connection.webhookUrl);
    await story.says("How can I pay?");
    await story.hears("PayPal");
    await story.asOperator("take-over");
    await story.settled();
    story.written.push("STOP");
    await story.posts(customer.message({ Body: "STOP", OptOutType: "STOP" }));
    await story.settled();
    const late = await story.replies("Are you there?");
    expect(await story.delivered(late, "failed")).toMatchObject({
      words: "The customer has opted out: they have to send START first.",
    });
    story.written.push("START");
    await story.posts(customer.message({ Body: "START", OptOutType: "START" }));
    await story.settled();
    await story.asOperator(`messages/${late}/retry`);

    await story.delivered(late, "sent");
    await story.countsBothEnds();
  });

  it("has an answer whose receipt comes before Twilio has told us which it is", async () => {
    const story = await bySms("+15557005");
    await story.says("How can I pay?");
    await story.hears("PayPal");
    await story.asOperator("take-over");
    await story.settled();
    twilio.late.set("+15557005", 1_500);
    const message = await story.replies("One moment");
    const isIt = ({ parameters }: { parameters: URLSearchParams }) => parameters.get("Body") === "One moment";
    await until(() => twilio.calls.some(isIt));
    const id = `SM${String(twilio.calls.findIndex(isIt) + 1).padStart(32, "0")}`;
    const told = { id, text: "", buttons: [], file: false };
    const customer = anSmsCustomer(twilio, "+15557005", story.connection.webhookUrl);
    await story.posts(customer.tells("delivered", told) ?? Promise.reject());

    await story.delivered(message, "delivered");
    expect(await story.hears("One moment")).toMatchObject({ id });
  });

  it("of one company is never seen by another whose number has the same account", async () => {
    const number = "+15550199";
    twilio.numbers.push(number);
    const ours = await bySms("+15557003");
    const theirs = await bySms("+15557004", number);
    const strayed = anSmsCustomer(twilio, "+15557003", theirs.connection.webhookUrl);
    expect(await post(stage, theirs.connection.path, strayed.says("Strayed"))).toBe(401);
    await Promise.all([ours.says("How can I pay?"), theirs.says("I forgot my password")]);
    await Promise.all([ours.hears("PayPal"), theirs.hears("Forgot password")]);

    await ours.countsBothEnds();
    await theirs.countsBothEnds();
  });
});

describe.concurrent("a customer who writes in a company's own system", { timeout: 60_000 }, () => {
  it("is answered by the assistant, served by a person, and handed back", async () => {
    await tellStory(await inOwnSystem("kim"), (words) => `**${words}**`);
  });

  it("shows operators alone what was changed and taken back", async () => {
    const story = await inOwnSystem("lee");
    const customer = aCustomCustomer(receiver, "lee", secret);
    await story.says("How can I pay?");
    await story.hears("PayPal");
    const about = { id: "lee-1", sender: { id: "lee" } };
    await story.posts(customer.deliver("message.updated", { ...about, content: "How can I pay now?" }));
    await story.posts(customer.deliver("message.deleted", about));
    await story.settled();

    expect((await story.remarks()).toSorted()).toEqual([
      "The customer changed this message to: How can I pay now?",
      "The customer took this message back.",
    ]);
    await story.countsBothEnds();
    await story.redelivers();
  });

  it("shows in words why a file of theirs is not kept", async () => {
    const story = await inOwnSystem("ida");
    const tooLarge = Buffer.alloc(10 * 1024 * 1024 + 1);
    await story.posts(aCustomCustomer(receiver, "ida", secret).shows(tooLarge, "Look"));
    await story.settled();

    const [first] = await logOf(story.shop.companyId);
    expect(first?.text).toBe("Look\n[A picture could not be kept: The file is larger than 10 MB.]");
  });

  it("keeps apart the conversations that the system keeps apart", async () => {
    const story = await inOwnSystem("order-1");
    const customer = aCustomCustomer(receiver, "mo", secret);
    const other = aCustomCustomer(receiver, "order-2", secret);
    await story.posts(customer.message({ content: "How can I pay?", thread: "order-1" }));
    await story.hears("PayPal");
    await story.posts(customer.message({ content: "I forgot my password", thread: "order-2" }));
    await story.posts(customer.message({ content: "Hello" }));
    await story.settled();

    expect(story.customer.received()).toHaveLength(1);
    expect(other.received()).toMatchObject([{ text: expect.stringContaining("Forgot password") }]);
    expect(customer.received()).toHaveLength(1);
  });
});
