import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallView } from "#contracts/calls";
import type { CallPolicy, LeadView } from "#contracts/telephony";
import { until } from "#support/channel-stage";
import { aNumber } from "#support/phone";
import type { Answered } from "#support/stage";
import { callStatus, type Posted, postCall, type Report, text } from "#support/voice-line";
import {
  atRest,
  callsOf,
  movesOf,
  openVoiceStage,
  said,
  shown,
  theCall,
  type VoiceShop,
  type VoiceStage,
} from "#support/voice-stage";

let stage: VoiceStage;
beforeAll(async () => {
  stage = await openVoiceStage();
});
afterAll(() => stage.close());

const address = "/api/conversations/outbound-call";
const context = "Her kettle has been repaired";
const quiet = { on: false, from: "21:00", to: "08:00", days: [], timeZone: "UTC" };
const open: CallPolicy = { dailyCalls: 100, quiet, consentRequired: false };

type Refusal = {
  error: { code: string; message: string; details: { reason: string; holder?: { name: string } } };
};

const allow = async (shop: VoiceShop, policy: Partial<CallPolicy> = {}) => {
  const body = { ...open, ...policy };
  const { status } = await stage.ask("PUT", "/api/admin/call-policy", shop.owner.cookie, body);
  expect(status).toBe(200);
};
const ask = <T = { call: CallView }>(shop: VoiceShop, body: Record<string, unknown>): Promise<Answered<T>> =>
  stage.ask<T>("POST", address, shop.owner.cookie, { context, ...body });
const refused = async (shop: VoiceShop, body: Record<string, unknown>) => {
  const { status, body: answer } = await ask<Refusal>(shop, body);
  return { status, ...answer.error };
};
/** A company that may call anybody, and somebody to call. */
const aCallingShop = async (policy?: Partial<CallPolicy>) => {
  const shop = await stage.voiceShop();
  await allow(shop, policy);
  return { shop, customer: aNumber() };
};
/** A customer who has called before, as the company's lead. */
const aLead = async (shop: VoiceShop, customer: string): Promise<LeadView> => {
  await told(postCall(shop.line, { customer, turns: [["user", "Is my kettle ready?", 2]] }));
  await atRest(shop);
  const { body } = await stage.ask<{ leads: LeadView[] }>("GET", "/api/agent/leads", shop.owner.cookie);
  const lead = body.leads.find(({ phoneNumber }) => phoneNumber === customer);
  if (lead === undefined) throw new Error("There is no such lead.");
  return lead;
};
/** Posts what a platform would, which is taken. */
const told = async (posted: Posted) => {
  const { status, text: answer } = await stage.tell(posted);
  expect(status, answer).toBe(200);
};
const placedFor = (customer: string) => stage.elevenLabs.placed.filter(({ to }) => to === customer);
const placed = (customer: string) => until(() => placedFor(customer)[0]);

describe("a call to a customer", () => {
  it("is made with what was said before and what it is about, and is live in the inbox", async () => {
    const { shop, customer } = await aCallingShop();
    const lead = await aLead(shop, customer);
    const { status, body } = await ask(shop, { leadId: lead.id });
    expect([status, body.call]).toMatchObject([
      201,
      { direction: "outbound", status: "queued", context, requestedBy: { name: "Ada Owner" } },
    ]);
    const { variables } = await placed(customer);
    expect(variables).toMatchObject({
      call_context: context,
      baton_call: body.call.id,
      caller_type: "known",
      organization_id: shop.companyId,
      conversation_context: expect.stringMatching(
        /^This call is about: Her kettle .*\n.*\n.*Is my kettle ready\?$/,
      ),
    });
    const { row } = await shown(stage, shop, body.call.conversationId);
    expect(row.liveCall).toMatchObject({ id: body.call.id, direction: "outbound" });
    expect(lead.conversationId).toBe(body.call.conversationId);
  });

  it("goes from the phone's ring to the words that were spoken, as one call", async () => {
    const { shop, customer } = await aCallingShop();
    await ask(shop, { phoneNumber: customer });
    const { callSid, conversationId, variables } = await placed(customer);
    const of = { customer, callSid, direction: "outbound-api" } as const;
    for (const status of ["ringing", "in-progress"]) {
      await told(callStatus(shop.line, { ...of, status }));
      await atRest(shop);
    }
    const report: Report = {
      customer,
      callSid,
      conversationId,
      variables,
      direction: "outbound",
      turns: [["user", "Oh, good!", 5]],
    };
    await told(postCall(shop.line, report));
    const call = await theCall(shop, customer);
    expect(call).toMatchObject({ direction: "outbound", status: "completed", outcome: "success", context });
    expect((await said(shop, call.conversationId)).map(({ text }) => text)).toEqual(["Oh, good!"]);
    const moves = await movesOf(shop, call.id);
    expect(moves.slice(0, 3)).toEqual(["initiated queued", "progress ringing", "progress in_progress"]);
    expect(moves.at(-1)).toBe("ended completed");
  });

  it("is known again when Twilio tells of it before ElevenLabs has named it", async () => {
    const { shop, customer } = await aCallingShop();
    await ask(shop, { phoneNumber: customer });
    const { callSid } = await placed(customer);
    await told(callStatus(shop.line, { customer, callSid, status: "ringing", direction: "outbound-api" }));
    await told(callStatus(shop.line, { customer, callSid, status: "busy", direction: "outbound-api" }));
    await until(async () => (await theCall(shop, customer)).status === "busy");
  });

  it("is one call, however often the same id asks for it, also at the same moment", async () => {
    const { shop, customer } = await aCallingShop();
    const body = { phoneNumber: customer, clientId: crypto.randomUUID() };
    const answers = await Promise.all([ask(shop, body), ask(shop, body), ask(shop, body)]);
    answers.push(await ask(shop, body));
    expect(new Set(answers.map((answer) => answer.body.call?.id)).size).toBe(1);
    await placed(customer);
    await atRest(shop);
    expect([await callsOf(shop), placedFor(customer)]).toEqual([[expect.anything()], [expect.anything()]]);
  });

  it("may be asked for by a program of the company, by number or conversation", async () => {
    const { shop, customer } = await aCallingShop();
    const { conversationId } = await aLead(shop, customer);
    const { status, body } = await stage.ask<{ call: CallView }>("POST", address, shop.key, {
      conversationId,
      context,
    });
    expect([status, body.call.requestedBy]).toEqual([201, { id: shop.keyId, name: "test" }]);
  });

  it("ends by itself as its platform tells when no webhook comes", async () => {
    const { shop, customer } = await aCallingShop();
    await ask(shop, { phoneNumber: customer });
    const { conversationId } = await placed(customer);
    const { conversations } = stage.elevenLabs;
    conversations.set(conversationId, {
      agent_id: shop.line.voiceAgentId,
      conversation_id: conversationId,
      status: "in-progress",
      metadata: {},
      transcript: [],
    });
    await until(async () => (await theCall(shop, customer)).status === "in_progress", 20);
    const { data } = JSON.parse(
      postCall(shop.line, {
        customer,
        conversationId,
        direction: "outbound",
        turns: [["user", "Thank you", 3]],
      }).body,
    );
    conversations.set(conversationId, data);
    await until(async () => (await theCall(shop, customer)).status === "completed", 20);
    const call = await theCall(shop, customer);
    expect((await said(shop, call.conversationId)).map(({ text }) => text)).toEqual(["Thank you"]);
  });
});

describe("a call that must not be made", () => {
  it("is refused while a person has the conversation, with who that is", async () => {
    const { shop, customer } = await aCallingShop();
    const lead = await aLead(shop, customer);
    await stage.ask("POST", "/api/conversations/human-control/join", shop.owner.cookie, { leadId: lead.id });
    const { status, body } = await ask<Refusal>(shop, { leadId: lead.id });
    expect([status, body.error.details]).toMatchObject([
      409,
      { reason: "human_control", holder: { name: "Ada Owner" } },
    ]);
    expect(body.error.message).toMatch(/^Ada Owner has this conversation/);
    await stage.ask("POST", "/api/conversations/human-control/leave", shop.owner.cookie, { leadId: lead.id });
    expect((await ask(shop, { leadId: lead.id })).status).toBe(201);
  });

  it("is refused without consent, by what holds where nothing was chosen, and made with it", async () => {
    const shop = await stage.voiceShop();
    const { body } = await stage.ask<CallPolicy>("GET", "/api/admin/call-policy", shop.owner.cookie);
    expect(body).toMatchObject({ consentRequired: true, quiet: { on: true } });
    await allow(shop, { consentRequired: true });
    const customer = aNumber();
    expect(await refused(shop, { phoneNumber: customer })).toMatchObject({
      status: 409,
      details: { reason: "consent" },
    });
    const lead = await aLead(shop, customer);
    expect(await refused(shop, { leadId: lead.id })).toMatchObject({
      status: 409,
      details: { reason: "consent" },
    });
    await stage.ask("PATCH", `/api/agent/leads/${lead.id}`, shop.owner.cookie, { callConsent: true });
    expect((await ask(shop, { leadId: lead.id })).status).toBe(201);
  });

  it("is refused in quiet hours, with the time at which they end", async () => {
    const hour = new Date().getUTCHours();
    const time = (at: number) => `${String((at + 24) % 24).padStart(2, "0")}:00`;
    const { shop, customer } = await aCallingShop({
      quiet: { ...quiet, on: true, from: time(hour - 1), to: time(hour + 2) },
    });
    expect(await refused(shop, { phoneNumber: customer })).toMatchObject({
      status: 409,
      details: { reason: "quiet_hours" },
      message: expect.stringContaining(`${time(hour + 2)} (UTC)`),
    });
  });

  it("is refused beyond the day's calls, of two at once too, and beyond the day's cost", async () => {
    const { shop, customer } = await aCallingShop({ dailyCalls: 1 });
    const both = await Promise.all([
      ask(shop, { phoneNumber: customer }),
      ask(shop, { phoneNumber: aNumber() }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(await refused(shop, { phoneNumber: aNumber() })).toMatchObject({
      status: 409,
      details: { reason: "cap" },
    });

    const other = await aCallingShop({ dailyCost: 100 });
    await told(postCall(other.shop.line, { customer: other.customer, direction: "outbound", cost: 100 }));
    await atRest(other.shop);
    expect(await refused(other.shop, { phoneNumber: aNumber() })).toMatchObject({
      status: 409,
      details: { reason: "cap" },
    });
  });

  it("is refused while another call with the customer goes on", async () => {
    const { shop, customer } = await aCallingShop();
    expect((await ask(shop, { phoneNumber: customer })).status).toBe(201);
    expect(await refused(shop, { phoneNumber: customer })).toMatchObject({
      status: 409,
      details: { reason: "live_call" },
    });
  });

  it("is refused to who sent STOP", async () => {
    const { shop, customer } = await aCallingShop();
    const lead = await aLead(shop, customer);
    await told(text(shop.line, { customer, words: "STOP", optOut: "STOP" }));
    await atRest(shop);
    expect(await refused(shop, { leadId: lead.id })).toMatchObject({
      status: 409,
      details: { reason: "opted_out" },
    });
  });

  it("is refused where the line cannot speak, is paused, or is another company's", async () => {
    const { shop, customer } = await aCallingShop();
    const other = await stage.voiceShop();
    expect((await ask(shop, { phoneNumber: customer, connectionId: other.connectionId })).status).toBe(404);
    const path = `/api/admin/connections/${shop.connectionId}`;
    await stage.ask("PATCH", path, shop.owner.cookie, { settings: { voicePhoneNumberId: "" } });
    expect(await refused(shop, { phoneNumber: customer })).toMatchObject({
      status: 409,
      details: { reason: "no_voice" },
    });
    const mute = await stage.shop();
    expect(await refused({ ...shop, ...mute }, { phoneNumber: customer })).toMatchObject({
      status: 409,
      details: { reason: "no_voice" },
    });
  });

  it("is refused for names of another company, and for what can be no number or no reason", async () => {
    const { shop } = await aCallingShop();
    const other = await stage.voiceShop();
    const lead = await aLead(other, aNumber());
    expect((await ask(shop, { leadId: lead.id })).status).toBe(404);
    expect((await ask(shop, { conversationId: lead.conversationId })).status).toBe(404);
    const mine = await aLead(shop, aNumber());
    expect((await ask(shop, { leadId: mine.id, phoneNumber: lead.phoneNumber })).status).toBe(404);
    for (const bad of [
      { phoneNumber: "call me" },
      { phoneNumber: "+1" },
      {},
      { phoneNumber: aNumber(), context: " " },
    ])
      expect((await ask(shop, bad)).status).toBe(400);
    expect((await callsOf(shop)).filter(({ direction }) => direction === "outbound")).toEqual([]);
  });

  it("is not made by who may only read", async () => {
    const { shop, customer } = await aCallingShop();
    const { body: made } = await stage.ask<{ key: string }>(
      "POST",
      "/api/admin/api-keys",
      shop.owner.cookie,
      {
        name: "reader",
        scopes: ["conversations:read"],
      },
    );
    const { status } = await stage.ask(
      "POST",
      address,
      { authorization: `Bearer ${made.key}` },
      { phoneNumber: customer, context },
    );
    expect(status).toBe(403);
  });
});

// One after another: what the platform does next is told to it for all.
describe("a call whose platform is in trouble", () => {
  it("is told as failed, with the reason", async () => {
    const { shop, customer } = await aCallingShop();
    stage.elevenLabs.play({ is: "refusal", status: 401, code: "invalid_api_key" });
    await ask(shop, { phoneNumber: customer });
    await until(async () => (await theCall(shop, customer)).status === "failed");
    expect(await theCall(shop, customer)).toMatchObject({
      failureReason: expect.stringMatching(/API key/),
      outcome: "failure",
    });
    expect(placedFor(customer)).toEqual([]);
    // Messages go another way.
    const { body } = await stage.ask<{ connections: { state: string }[] }>(
      "GET",
      "/api/admin/connections",
      shop.owner.cookie,
    );
    expect(body.connections).toMatchObject([{ state: "active" }]);
  });

  it("is dialled again where nothing can have rung", async () => {
    const { shop, customer } = await aCallingShop();
    stage.elevenLabs.play({ is: "refusal", status: 429, retryAfter: 1 });
    await ask(shop, { phoneNumber: customer });
    await placed(customer);
    expect(placedFor(customer)).toHaveLength(1);
  });

  it("is shown as unknown where it may have rung, is not dialled again, and known again when it is told of", async () => {
    const { shop, customer } = await aCallingShop();
    stage.elevenLabs.play({ is: "cut" });
    await ask(shop, { phoneNumber: customer });
    await until(async () => (await theCall(shop, customer)).outcome === "unknown");
    expect(await theCall(shop, customer)).toMatchObject({
      status: "queued",
      failureReason: expect.stringMatching(/not known/),
    });
    const [{ callSid, conversationId, variables } = expect.fail()] = placedFor(customer);
    const report = { customer, callSid, conversationId, variables, direction: "outbound" } as const;
    await told(postCall(shop.line, report));
    await until(async () => (await theCall(shop, customer)).status === "completed");
    const call = await theCall(shop, customer);
    expect([call.outcome, call.failureReason]).toEqual(["success", undefined]);
    expect(placedFor(customer)).toHaveLength(1);
  });

  it("is not made after all where a person took over before the phone rang", async () => {
    const { shop, customer } = await aCallingShop();
    const lead = await aLead(shop, customer);
    await stage.stopJobs();
    const { body } = await ask(shop, { leadId: lead.id });
    await stage.ask("POST", "/api/conversations/human-control/join", shop.owner.cookie, { leadId: lead.id });
    await stage.goOn();
    await until(
      async () => (await callsOf(shop)).find(({ id }) => id === body.call.id)?.status === "canceled",
    );
    const call = (await callsOf(shop)).find(({ id }) => id === body.call.id);
    expect(call?.failureReason).toMatch(/^Ada Owner took over/);
    expect(placedFor(customer)).toEqual([]);
  });
});
