import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HumanControl } from "#contracts/telephony";
import { detailOf, until } from "#support/channel-stage";
import {
  aNumber,
  aPhoneLine,
  messagesOf,
  openPhoneStage,
  type PhoneLine,
  type PhoneStage,
} from "#support/phone";
import type { Answered } from "#support/stage";

let stage: PhoneStage;
let line: PhoneLine;
beforeAll(async () => {
  stage = await openPhoneStage();
  line = await aPhoneLine(stage, { articles: true });
});
afterAll(() => stage.close());

type Headers = Record<string, string>;
type Refusal = { error: { code: string; message: string; details?: { operator?: { name: string } } } };

const control = <T = HumanControl>(act: string, body: Record<string, unknown>, who: Headers) =>
  stage.ask<T>("POST", `/api/conversations/human-control/${act}`, who, body);
const statusOf = (number: string, who: Headers): Promise<Answered<HumanControl>> =>
  stage.ask("GET", `/api/conversations/human-control/status/${encodeURIComponent(number)}`, who);

/** A customer who has asked something and was answered by the AI. */
async function answered() {
  const customer = line.customer();
  await customer.texts("How can I pay?");
  await until(() => customer.received().some((text) => text.includes("PayPal")));
  const { conversationId = "" } = await customer.lead();
  return { ...line, customer, conversationId, owner: line.shop.owner.cookie };
}

describe.concurrent("a person with a phone customer", { timeout: 60_000 }, () => {
  it("silences the AI; messages wait for the person, and what is open is answered after they leave", async () => {
    const { shop, owner, customer, conversationId } = await answered();
    const joined = await control("join", { phoneNumber: customer.number }, owner);
    expect(joined).toMatchObject({
      status: 200,
      body: { active: true, conversationId, operator: { name: "Ada Owner" }, waiting: 0 },
    });

    await customer.texts("How long does shipping take?");
    await until(async () => (await statusOf(customer.number, owner)).body.waiting === 1);
    const said = await control<{ message: { text: string } }>(
      "send-message",
      { conversationId, message: "One moment, please", clientId: "one" },
      owner,
    );
    expect(said).toMatchObject({ status: 201, body: { message: { text: "One moment, please" } } });
    await customer.texts("How can I return an item?");
    await until(async () => (await statusOf(customer.number, owner)).body.waiting === 1);
    const before = await messagesOf(shop.companyId, conversationId);
    expect(before.filter(({ author }) => author === "agent")).toHaveLength(1);

    const left = await control(
      "leave",
      { phoneNumber: customer.number, summary: "A refund is agreed." },
      owner,
    );
    expect(left).toMatchObject({ status: 200, body: { active: false, state: { state: "ACTIVE" } } });
    await until(async () => {
      const after = await messagesOf(shop.companyId, conversationId);
      return after.filter(({ author }) => author === "agent").length === 2;
    });
    const detail = await detailOf(stage, shop, conversationId);
    expect(detail.row.attributes.scope?.note).toBe("A refund is agreed.");
    await until(() => customer.received().includes("One moment, please"));
  });

  it("is the one of two who came first; the other is told who it is", async () => {
    const { shop, owner, customer } = await answered();
    const colleague = await stage.colleague(shop);
    const names = { phoneNumber: customer.number };
    const both = await Promise.all([
      control<Refusal>("join", names, owner),
      control<Refusal>("join", names, colleague.cookie),
    ]);
    const [won, lost] = both.toSorted((a, b) => a.status - b.status);
    expect([won?.status, lost?.status]).toEqual([200, 409]);
    const { body } = await statusOf(customer.number, owner);
    expect(lost?.body.error.message).toContain(body.operator?.name);
    expect(lost?.body.error.details?.operator?.name).toBe(body.operator?.name);
  });

  it("can join twice, leave what nobody holds, and not end what another holds", async () => {
    const { shop, owner, customer } = await answered();
    const names = { phoneNumber: customer.number };
    const colleague = await stage.colleague(shop);
    expect((await control("leave", names, owner)).body.active).toBe(false);
    await control("join", names, owner);
    expect((await control("join", names, owner)).status).toBe(200);
    const refused = await control<Refusal>("leave", names, colleague.cookie);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
    expect((await statusOf(customer.number, owner)).body.active).toBe(true);
  });

  it("may be named by a program, which alone is nobody", async () => {
    const { shop, customer } = await answered();
    const names = { phoneNumber: customer.number };
    expect((await control("join", names, shop.key)).status).toBe(400);
    const operatorId = shop.owner.who.userId;
    const joined = await control("join", { ...names, operatorId }, shop.key);
    expect(joined).toMatchObject({ status: 200, body: { active: true, operator: { id: operatorId } } });
    expect((await control("join", { ...names, operatorId }, shop.key)).status).toBe(200);
    const sent = await control("send-message", { ...names, message: "From our system" }, shop.key);
    expect(sent.status).toBe(201);
    expect((await control("leave", names, shop.key)).body.active).toBe(false);
  });

  it("opens a closed conversation again", async () => {
    const { owner, customer, conversationId } = await answered();
    await stage.ask("POST", `/api/agent/conversations/${conversationId}/resolve`, owner);
    const joined = await control("join", { conversationId }, owner);
    expect(joined.body).toMatchObject({ active: true, phoneNumber: customer.number });
  });

  it("sends the same client id once, and nothing while the AI has the conversation", async () => {
    const { owner, customer } = await answered();
    const words = { phoneNumber: customer.number, message: "Hello", clientId: "same" };
    expect((await control("send-message", words, owner)).status).toBe(409);
    await control("join", { phoneNumber: customer.number }, owner);
    await Promise.all([control("send-message", words, owner), control("send-message", words, owner)]);
    await until(() => customer.received().includes("Hello"));
    expect(customer.received().filter((text) => text === "Hello")).toHaveLength(1);
  });
});

describe.concurrent("numbers", { timeout: 60_000 }, () => {
  it("are the same number however they are written", async () => {
    const { owner, customer, shop } = await answered();
    const { number } = customer;
    const spaced = `${number.slice(0, 2)} (${number.slice(2, 5)}) ${number.slice(5, 8)}-${number.slice(8)}`;
    for (const written of [number, spaced, number.replace("+", "00")]) {
      expect((await statusOf(written, owner)).body.phoneNumber).toBe(number);
    }
    const lead = await customer.lead();
    const unescaped = `/api/stream/conversation/${lead.id}?phoneNumber=${number}`;
    const response = await fetch(`${stage.url}${unescaped}`, { headers: shop.key });
    await response.body?.cancel();
    expect(response.status).toBe(200);
  });

  it("of another company, of nobody, and that are none, get a clear answer", async () => {
    const { customer } = await answered();
    const other = await stage.shop();
    expect((await statusOf(customer.number, other.key)).status).toBe(404);
    expect((await statusOf(aNumber(), other.key)).status).toBe(404);
    expect((await statusOf("12", other.key)).status).toBe(404);
    expect((await control("join", { phoneNumber: "not a number" }, other.owner.cookie)).status).toBe(400);
    expect((await control("join", {}, other.owner.cookie)).status).toBe(400);
  });

  it("made of anything never break it, and change nothing", async () => {
    const { shop } = await aPhoneLine(stage);
    const owner = shop.owner.cookie;
    const text = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
      fc.stringMatching(/^\+?[0-9() .-]{1,30}$/),
      fc.constantFrom("\u0000", "%00", "+", "../..", "٠١٢٣٤٥٦٧٨٩"),
    );
    await fc.assert(
      fc.asyncProperty(text, async (phoneNumber) => {
        const joined = await control("join", { phoneNumber }, owner);
        const told = await statusOf(phoneNumber, owner);
        expect([400, 404]).toContain(joined.status);
        expect([400, 404]).toContain(told.status);
      }),
      { numRuns: 60 },
    );
    const leads = await stage.ask<{ leads: unknown[] }>("GET", "/api/agent/leads", shop.key);
    expect(leads.body.leads).toEqual([]);
  });
});
