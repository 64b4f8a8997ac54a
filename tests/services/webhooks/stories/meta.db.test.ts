import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChannelStage, logOf, openChannelStage, post, until } from "#support/channel-stage";
import { beginStory, tellStory } from "#support/channel-story";
import { type FakeGraph, neighbour, startFakeGraph } from "#support/fake-graph";
import { aMessengerCustomer, messengerSettings } from "./messenger-customer.ts";
import { aWhatsAppCustomer, change, whatsappSettings } from "./whatsapp-customer.ts";
import { tellReceiptStories } from "./whatsapp-receipts.ts";

let fake: FakeGraph;
let stage: ChannelStage;
beforeAll(async () => {
  fake = await startFakeGraph();
  stage = await openChannelStage({ META_GRAPH_BASE_URL: fake.url });
});
afterAll(async () => {
  await stage.close();
  await fake.close();
});

async function onWhatsApp<Customer extends ReturnType<typeof aWhatsAppCustomer>>(customer: Customer) {
  return { customer, story: await beginStory(stage, "whatsapp", whatsappSettings(), () => customer) };
}

async function onMessenger(psid: string) {
  const customer = aMessengerCustomer(fake, psid);
  return { customer, story: await beginStory(stage, "messenger", messengerSettings(), () => customer) };
}

describe.concurrent("a customer on WhatsApp", { timeout: 60_000 }, () => {
  it("is answered by the assistant, served by a person, and handed back", async () => {
    const { story } = await onWhatsApp(aWhatsAppCustomer(fake, "16505550101", { userId: "US.101" }));
    await tellStory(story, (words) => `*${words}*`);
  });

  it("is left to the person who answers in the company's own app", async () => {
    const { customer, story } = await onWhatsApp(
      aWhatsAppCustomer(fake, "16505550102", { userId: "US.102" }),
    );
    await story.says("How can I pay?");
    await story.hears("PayPal");
    // Names the number alone, where the customer is known by another id.
    const echo = { from: "15550783881", to: "16505550102", id: "wamid.app", timestamp: "1764000000" };
    const posts = (fact: object) =>
      story.posts(change({ message_echoes: [{ ...echo, ...fact }] }, { field: "smb_message_echoes" }));
    await posts({ type: "text", text: { body: "Ada here, from my phone" } });
    const message = { type: "text", text: { body: "Ada here" } };
    await posts({ id: "wamid.edit", type: "edit", edit: { original_message_id: "wamid.app", message } });
    await story.settled();
    const heard = customer.received();
    await story.says("Thank you, Ada");
    await story.redelivers();

    expect(await story.state()).toBe("WITH_HUMAN");
    expect(customer.received()).toEqual(heard);
    const { messages } = await story.detail();
    expect(messages.filter(({ author }) => author.kind === "operator")).toMatchObject([
      { text: "Ada here, from my phone", author: { name: "Ada Owner (WhatsApp)" } },
    ]);
    expect(await story.remarks()).toEqual(["Someone on WhatsApp changed this message to: Ada here"]);
    await story.countsBothEnds();
  });

  it("is sent a template once 24 hours have passed, and nothing else", async () => {
    const { customer, story } = await onWhatsApp(aWhatsAppCustomer(fake, "16505550103"));
    await story.says("How can I pay?");
    await story.settled();
    await story.asOperator("take-over");
    await story.settled();
    await story.ages(25);
    const heard = customer.received();

    const late = await story.replies("Are you still there?");
    expect(await story.delivered(late, "failed")).toMatchObject({
      words: "Outside the 24-hour window: send a template.",
    });
    const template = { name: "still_there", language: "en", values: ["Ada"] };
    await story.delivered(await story.replies("Still there, Ada?", { template }), "sent");
    await story.asOperator(`messages/${late}/retry`);
    await story.delivered(late, "failed");
    expect(customer.received().slice(heard.length)).toMatchObject([{ text: "still_there" }]);

    await story.says("Yes, I am");
    await story.settled();
    await story.asOperator(`messages/${late}/retry`);
    await story.delivered(late, "sent");
    expect(customer.received().at(-1)).toMatchObject({ text: "Are you still there?" });
  });

  it("shows operators alone what was reacted to, changed and taken back, also before it came", async () => {
    const { customer, story } = await onWhatsApp(aWhatsAppCustomer(fake, "16505550104"));
    await story.says("How can I pay?");
    await story.hears("PayPal");
    const first = "wamid.16505550104-1";
    const late = customer.message({ type: "text", text: { body: "And when?" } });
    const about = (fields: object, minute: number) =>
      customer.message({ timestamp: String(1_764_000_000 + minute * 60), ...fields });
    const edit = {
      original_message_id: first,
      message: { type: "text", text: { body: "How can I pay now?" } },
    };
    await story.posts(
      about({ type: "reaction", reaction: { message_id: "wamid.16505550104-2", emoji: "⏰" } }, 0),
    );
    await story.posts(about({ type: "edit", edit }, 1));
    await story.posts(about({ type: "reaction", reaction: { message_id: first, emoji: "👍" } }, 2));
    await story.posts(about({ type: "reaction", reaction: { message_id: first, emoji: "" } }, 3));
    await story.posts(about({ type: "revoke", revoke: { original_message_id: first } }, 4));
    story.written.push("And when?");
    await story.posts(late);
    await story.settled();

    expect((await story.remarks()).toSorted()).toEqual([
      "The customer changed this message to: How can I pay now?",
      "The customer reacted with ⏰",
      "The customer reacted with 👍",
      "The customer took back a reaction.",
      "The customer took this message back.",
    ]);
    await story.countsBothEnds();
    await story.redelivers();
  });

  it("stays one contact with one conversation, by number, by business-scoped id, or both", async () => {
    const phone = "16505550105";
    const customer = aWhatsAppCustomer(fake, phone, { userId: "US.105" });
    const { story } = await onWhatsApp(customer);
    const told = (text: string, contact: object, from: object) => {
      story.written.push(text);
      const fact = {
        ...customer.fact({ type: "text", text: { body: text } }),
        from: undefined,
        from_user_id: undefined,
      };
      const contacts = [{ profile: { name: "Ada" }, ...contact }];
      return story.posts(change({ contacts, messages: [{ ...fact, ...from }] }));
    };

    await told("How can I pay?", { wa_id: phone }, { from: phone });
    await story.hears("PayPal");
    await told("Thanks", { wa_id: phone, user_id: "US.105" }, { from: phone, from_user_id: "US.105" });
    await story.settled();
    await told("I forgot my password", { user_id: "US.105" }, { from_user_id: "US.105" });
    await story.settled();
    await story.countsBothEnds();
    const system = { type: "user_changed_number", wa_id: "16505550199", user_id: "US.199" };
    await story.posts(customer.message({ type: "system", system }));
    await story.settled();
    await told(
      "And with a new number?",
      { user_id: "US.199" },
      { from: "16505550199", from_user_id: "US.199" },
    );
    await story.settled();

    const log = await logOf(story.shop.companyId);
    expect(new Set(log.map(({ conversationId }) => conversationId)).size).toBe(1);
    const people = await stage.ask<{ contacts: unknown[] }>(
      "GET",
      "/api/agent/contacts?q=Ada",
      story.shop.owner.cookie,
    );
    expect(people.body.contacts).toHaveLength(1);
    // Who hides the number is answered under the other id.
    expect(fake.calls.map(({ json }) => json)).toContainEqual(
      expect.objectContaining({ recipient: "US.105" }),
    );
  });

  it("of one company is never seen by another that has the same app", async () => {
    const ours = await onWhatsApp(aWhatsAppCustomer(fake, "16505550106"));
    const customer = aWhatsAppCustomer(fake, "16505550106", { number: neighbour });
    const theirs = await beginStory(stage, "whatsapp", whatsappSettings(neighbour), () => customer);
    const strayed = ours.customer.says("This is for the other company");
    expect(await post(stage, theirs.connection.path, strayed)).toBe(401);
    await Promise.all([ours.story.says("How can I pay?"), theirs.says("I forgot my password")]);
    await Promise.all([ours.story.hears("PayPal"), theirs.hears("Forgot password")]);

    await ours.story.countsBothEnds();
    await theirs.countsBothEnds();
  });
});

tellReceiptStories(() => ({ stage, graph: fake }));

describe.concurrent("a customer on Messenger", { timeout: 60_000 }, () => {
  it("is answered by the assistant, served by a person, and handed back", async () => {
    const { story } = await onMessenger("7001");
    await tellStory(story, (words) => words);
  });

  it("is answered by a person alone after 24 hours, and by nobody after seven days", async () => {
    const { customer, story } = await onMessenger("7002");
    await story.says("How can I pay?");
    await story.hears("PayPal");
    await story.asOperator("take-over");
    await story.says("I forgot my password");
    await story.settled();
    await story.ages(25);

    await story.delivered(await story.replies("One moment, please"), "sent");
    expect(customer.purposes().at(-1)).toBe("HUMAN_AGENT");
    await story.says("I forgot my password");
    await story.settled();
    await story.ages(25);
    await story.asOperator("handover", { to: { kind: "ai" } });
    await story.settled();
    const { messages } = await story.detail();
    const answer = messages.findLast(({ author }) => author.kind === "agent");
    expect(answer).toMatchObject({
      text: expect.stringContaining("Forgot password"),
      delivery: { state: "failed", words: "Outside the 24-hour window." },
    });
    expect(customer.purposes().at(-1)).toBe("HUMAN_AGENT");

    // What the assistant may not say any more, a person may.
    await until(async () => (await story.state()) === "WAITING_HUMAN");
    await story.asOperator("accept");
    await story.ages(8 * 24);
    expect(await story.delivered(await story.replies("Hello?"), "failed")).toMatchObject({
      words: "Outside the 7-day window.",
    });
    await story.countsBothEnds();
  });

  it("is left to the person who answers in the Page's inbox, and not to our own echo", async () => {
    const { customer, story } = await onMessenger("7003");
    const echo = (message: object) => {
      const [sender, recipient] = [{ id: messengerSettings().pageId }, { id: "7003" }];
      return customer.event({ sender, recipient, message: { is_echo: true, ...message } });
    };
    await story.says("How can I pay?");
    const answer = await story.hears("PayPal");
    const { messages } = await story.detail();
    await story.posts(echo({ mid: answer.id, text: answer.text, metadata: `baton:${messages.at(-1)?.id}` }));
    await story.settled();
    expect(await story.state()).toBe("ACTIVE");

    await story.posts(echo({ mid: "m_inbox", text: "Ada here, from the inbox" }));
    await story.settled();
    const heard = customer.received();
    await story.says("Thank you, Ada");
    await story.redelivers();
    expect(await story.state()).toBe("WITH_HUMAN");
    expect(customer.received()).toEqual(heard);
    await story.countsBothEnds();
  });

  it("has what they reacted to and changed shown to operators alone", async () => {
    const { customer, story } = await onMessenger("7005");
    await story.says("How can I pay?");
    await story.hears("PayPal");
    const mid = "m_7005-1";
    await story.posts(customer.event({ reaction: { mid, action: "react", emoji: "👍", reaction: "like" } }));
    await story.posts(customer.event({ message_edit: { mid, text: "How can I pay now?", num_edit: 1 } }));
    await story.settled();

    expect((await story.remarks()).toSorted()).toEqual([
      "The customer changed this message to: How can I pay now?",
      "The customer reacted with 👍",
    ]);
    await story.countsBothEnds();
    await story.redelivers();
  });

  it("has taken an answer whose own answer was lost, once its echo says so", async () => {
    const { customer, story } = await onMessenger("7006");
    await story.says("How can I pay?");
    await story.hears("PayPal");
    await story.asOperator("take-over");
    await story.settled();
    fake.meetsAt("7006", "cut");
    const lost = await story.replies("One moment");
    await story.delivered(lost, "unknown");
    const message = { mid: "m_lost", is_echo: true, text: "One moment", metadata: `baton:${lost}` };
    const sender = { id: messengerSettings().pageId };
    await story.posts(customer.event({ sender, recipient: { id: "7006" }, message }));

    await story.delivered(lost, "sent");
    const tries = fake.calls.filter(({ json }) => JSON.stringify(json ?? {}).includes(`baton:${lost}`));
    expect(tries).toHaveLength(1);
  });

  it("of one company is never seen by another that has the same app", async () => {
    const ours = await onMessenger("7004");
    const customer = aMessengerCustomer(fake, "7004", neighbour);
    const theirs = await beginStory(stage, "messenger", messengerSettings(neighbour), () => customer);
    expect(await post(stage, theirs.connection.path, ours.customer.says("For the other company"))).toBe(401);
    await Promise.all([ours.story.says("How can I pay?"), theirs.says("I forgot my password")]);
    await Promise.all([ours.story.hears("PayPal"), theirs.hears("Forgot password")]);

    await ours.story.countsBothEnds();
    await theirs.countsBothEnds();
  });
});
