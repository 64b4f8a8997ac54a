import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { detailOf, until } from "#support/channel-stage";
import {
  aNumber,
  aPhoneLine,
  messagesOf,
  openPhoneStage,
  type PhoneLine,
  type PhoneStage,
  postSigned,
} from "#support/phone";

let stage: PhoneStage;
let asked: PhoneLine;
beforeAll(async () => {
  stage = await openPhoneStage();
  asked = await aPhoneLine(stage, { articles: true });
});
afterAll(() => stage.close());

const incoming = "/api/webhooks/twilio/sms/incoming";
const stopped = "The customer has opted out: they have to send START first.";

describe.concurrent("a message to the address that all companies share", { timeout: 60_000 }, () => {
  it("reaches the company whose number it was written to, and is answered", async () => {
    const line = asked;
    const customer = line.customer();
    const answer = await customer.texts("How can I pay?");
    expect(answer).toMatchObject({
      status: 200,
      type: "text/xml",
      text: expect.stringMatching(/<Response\s*\/>/),
    });
    await until(() => customer.received().some((text) => text.includes("PayPal")));
    const lead = await customer.lead();
    expect(lead).toMatchObject({ phoneNumber: customer.number, status: "new" });
  });

  it("is told apart by its token where two companies have entered one number", async () => {
    const number = aNumber();
    const first = await aPhoneLine(stage, { number });
    const second = await aPhoneLine(stage, { number, authToken: "another-token" });
    const from = aNumber();
    const parameters = {
      MessageSid: `SM${"7".repeat(32)}`,
      From: from,
      To: number,
      Body: "Hi",
      NumMedia: "0",
    };
    expect((await postSigned(stage, incoming, parameters, "another-token")).status).toBe(200);
    await second.customer(from).lead();
    const leads = await stage.ask<{ leads: unknown[] }>("GET", "/api/agent/leads", first.shop.key);
    expect(leads.body.leads).toEqual([]);
  });

  it("is refused unsigned, forged, and for a number that nobody has, with the same words", async () => {
    const { number } = await aPhoneLine(stage);
    const to = (To: string) => ({ MessageSid: "SM1", From: aNumber(), To, Body: "Hi", NumMedia: "0" });
    const forged = await postSigned(stage, incoming, to(number), "guessed");
    const nobody = await postSigned(stage, incoming, to(aNumber()));
    const nothing = await postSigned(stage, incoming, {});
    expect([forged.status, nobody.status, nothing.status]).toEqual([401, 401, 401]);
    const words = ({ text }: { text: string }) => JSON.parse(text).error.message;
    expect(words(forged)).toBe(words(nobody));
  });

  it("stands in every list under its sender's number, until they have a name", async () => {
    const line = await aPhoneLine(stage);
    const customer = line.customer("+12065550147");
    await customer.texts("Hello");
    const { contact, conversationId = "" } = await customer.lead();
    const words = "+1 (206) 555-0147";
    expect(contact.name).toBe(words);
    const { row } = await detailOf(stage, line.shop, conversationId);
    expect(row.customer.name).toBe(words);
    const contacts = "/api/agent/contacts";
    for (const query of ["206 555", "5550147"]) {
      const { body } = await stage.ask("GET", `${contacts}?${new URLSearchParams({ query })}`, line.shop.key);
      expect(body, query).toMatchObject({ contacts: [{ id: contact.id, name: words }] });
    }

    const attributes = `${contacts}/${contact.id}/attributes`;
    expect((await stage.ask("GET", attributes, line.shop.key)).body).toMatchObject({ name: "" });
    await stage.ask("PATCH", attributes, line.shop.owner.cookie, { name: "Ann Lee" });
    expect((await customer.lead()).contact.name).toBe("Ann Lee");
    await stage.ask("PATCH", attributes, line.shop.owner.cookie, { name: "" });
    expect((await customer.lead()).contact.name).toBe(words);
  });

  it("sent again is one message", async () => {
    const line = asked;
    const customer = line.customer();
    const MessageSid = `SM${crypto.randomUUID().replaceAll("-", "")}`;
    await Promise.all([1, 2, 3].map(() => customer.texts("How can I pay?", { MessageSid })));
    await until(() => customer.received().length > 0);
    const { conversationId = "" } = await customer.lead();
    const said = await messagesOf(line.shop.companyId, conversationId);
    expect(said.filter(({ author }) => author === "customer")).toHaveLength(1);
  });

  it("tells how far an answer came", async () => {
    const line = asked;
    const customer = line.customer();
    await customer.texts("How can I pay?");
    const sid = await until(
      () => stage.twilio.calls.find(({ parameters }) => parameters.get("To") === customer.number)?.sid,
    );
    const sent = stage.twilio.calls.find((call) => call.sid === sid);
    expect(sent?.parameters.get("StatusCallback")).toBe(
      "https://help.example.com/api/webhooks/twilio/sms/status",
    );
    await customer.tells(sid, "delivered");
    await customer.tells(sid, "sent");
    const { conversationId = "" } = await customer.lead();
    await until(async () =>
      (await messagesOf(line.shop.companyId, conversationId)).some(({ state }) => state === "delivered"),
    );
  });
});

describe.concurrent("STOP, START and HELP", { timeout: 60_000 }, () => {
  it("STOP holds every word of ours back until START, and the agent answers neither", async () => {
    const line = await aPhoneLine(stage);
    const customer = line.customer();
    await customer.texts(" stop ");
    const lead = await until(async () => {
      const found = await customer.lead();
      return found.optedOutAt === undefined ? undefined : found;
    });
    const { conversationId = "" } = lead;
    const detail = await detailOf(stage, line.shop, conversationId);
    expect(detail.channel).toMatchObject({ optedOutAt: lead.optedOutAt, lead: { id: lead.id } });

    const at = `/api/agent/conversations/${conversationId}`;
    await stage.ask("POST", `${at}/take-over`, line.shop.owner.cookie);
    const body = { clientId: "late", text: "Are you there?" };
    await stage.ask("POST", `${at}/send`, line.shop.owner.cookie, body);
    await until(async () =>
      (await messagesOf(line.shop.companyId, conversationId)).some(
        ({ text, state }) => text === "Are you there?" && state === "failed",
      ),
    );
    const refused = await stage.ask(
      "POST",
      "/api/conversations/human-control/send-message",
      line.shop.owner.cookie,
      { phoneNumber: customer.number, message: "Hello?" },
    );
    expect(refused).toMatchObject({ status: 409, body: { error: { message: stopped } } });

    await customer.texts("START");
    await until(async () => (await customer.lead()).optedOutAt === undefined);
    const sent = await stage.ask(
      "POST",
      "/api/conversations/human-control/send-message",
      line.shop.owner.cookie,
      { phoneNumber: customer.number, message: "Welcome back" },
    );
    expect(sent.status).toBe(201);
    await until(() => customer.received().includes("Welcome back"));
    const said = await messagesOf(line.shop.companyId, conversationId);
    expect(said.filter(({ author }) => author === "agent")).toEqual([]);
    expect(customer.received()).toEqual(["Welcome back"]);
  });

  it("YES means START to whoever has opted out, and is an answer for everybody else", async () => {
    const line = asked;
    const [open, gone] = [line.customer(), line.customer()];
    await gone.texts("STOP");
    await until(async () => (await gone.lead()).optedOutAt !== undefined);
    await Promise.all([gone.texts("Yes"), open.texts("Yes")]);
    await until(async () => (await gone.lead()).optedOutAt === undefined);
    await until(() => open.received().length > 0);
    expect(gone.received()).toEqual([]);
  });

  it("answers HELP once with the company's words", async () => {
    const line = await aPhoneLine(stage, { helpText: "Harbour. Reply STOP to opt out." });
    const customer = line.customer();
    const MessageSid = `SM${crypto.randomUUID().replaceAll("-", "")}`;
    await Promise.all([customer.texts("HELP", { MessageSid }), customer.texts("HELP", { MessageSid })]);
    await until(() => customer.received().length > 0);
    await customer.texts("Help", { OptOutType: "HELP" });
    const { conversationId = "" } = await customer.lead();
    await until(
      async () =>
        (await messagesOf(line.shop.companyId, conversationId)).filter(({ author }) => author === "customer")
          .length === 2,
    );
    expect(customer.received()).toEqual(["Harbour. Reply STOP to opt out."]);
  });
});
