import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { openConnection } from "#services/connections";
import { logCall } from "#services/conversations";
import { until } from "#support/channel-stage";
import {
  aPhoneLine,
  openPhoneStage,
  type PhoneCustomer,
  type PhoneLine,
  type PhoneStage,
} from "#support/phone";
import { type Reader, readSse } from "#support/readers";

let stage: PhoneStage;
let line: PhoneLine;
const readers: Reader[] = [];
beforeAll(async () => {
  stage = await openPhoneStage();
  line = await aPhoneLine(stage, { articles: true });
});
afterAll(async () => {
  await Promise.all(readers.map((reader) => reader.stop()));
  await stage.close();
});

const control = (act: string, body: Record<string, unknown>) =>
  stage.ask("POST", `/api/conversations/human-control/${act}`, line.shop.owner.cookie, body);

/** Everything that a viewer was told by name, in the order in which it came. */
function told(reader: Reader): string[] {
  return reader.others.map(({ event }) => event).filter((event) => named.has(event));
}
const named = new Set([
  "conversation_history",
  "sms_received",
  "call_initiated",
  "call_ended",
  "human_control_started",
  "human_control_ended",
  "human_message_sent",
]);

function watch(leadId: string, query = ""): Reader {
  const url = `${stage.url}/api/stream/conversation/${leadId}${query}`;
  const reader = readSse(`lead ${leadId}`, url, line.shop.key);
  readers.push(reader);
  return reader;
}

async function answered(): Promise<{ customer: PhoneCustomer; leadId: string; conversationId: string }> {
  const customer = line.customer();
  await customer.texts("How can I pay?");
  await until(() => customer.received().some((text) => text.includes("PayPal")));
  const { id: leadId, conversationId = "" } = await customer.lead();
  return { customer, leadId, conversationId };
}

async function aCall(conversationId: string, leadId: string) {
  const callSid = `CA${newId().replaceAll("-", "")}`;
  const { companyId } = await openConnection(line.shop.companyId, line.connectionId);
  return (status: "ringing" | "in_progress" | "completed", cost?: number) =>
    logCall(companyId, conversationId, {
      now: new Date(),
      call: { connectionId: line.connectionId, leadId, direction: "inbound", status, callSid, cost },
    });
}

describe.concurrent("the stream of a phone customer", { timeout: 60_000 }, () => {
  it("begins with the history where it is asked for, and goes on by name, in order, for each viewer", async () => {
    const { customer, leadId, conversationId } = await answered();
    const company = line.shop.companyId;
    const query = `?load=true&phoneNumber=${encodeURIComponent(customer.number)}&organizationId=${company}`;
    const [full, bare] = [watch(leadId, query), watch(leadId)];
    await until(() => full.others.some(({ event }) => event === "conversation_history"));
    await until(() => bare.others.some(({ event }) => event === "connected"));
    const history = full.others.find(({ event }) => event === "conversation_history");
    expect(history?.data).toMatchObject({
      leadId,
      phoneNumber: customer.number,
      messages: [{ text: "How can I pay?" }, { author: { kind: "agent" } }],
    });

    await control("join", { conversationId });
    await customer.texts("Are you a person?");
    await until(() => told(full).includes("sms_received"));
    await control("send-message", { conversationId, message: "I am" });
    await control("leave", { conversationId });
    const tell = await aCall(conversationId, leadId);
    await tell("ringing");
    await tell("in_progress");
    await tell("completed");
    await tell("completed", 12);
    const expected = [
      "human_control_started",
      "sms_received",
      "human_message_sent",
      "human_control_ended",
      "call_initiated",
      "call_ended",
    ];
    await until(() => told(bare).length >= expected.length);
    await until(() => told(full).length > expected.length);
    expect(told(bare)).toEqual(expected);
    expect(told(full)).toEqual(["conversation_history", ...expected]);
    const ended = bare.others.find(({ event }) => event === "call_ended");
    expect(ended?.data).toMatchObject({ leadId, call: { status: "completed" } });
  });

  it("resumes where it was cut: nothing is missed, nothing comes twice", async () => {
    const { customer, leadId, conversationId } = await answered();
    await control("join", { conversationId });
    const reader = watch(leadId);
    await until(() => reader.others.some(({ event }) => event === "connected"));
    for (const n of [1, 2, 3, 4, 5, 6]) {
      await customer.texts(`Question ${n}`);
      if (n % 2 === 0) reader.cut();
    }
    const texts = () =>
      reader.others.flatMap(({ event, data }) =>
        event === "sms_received" ? [(data as { message: { text: string } }).message.text] : [],
      );
    await until(() => texts().length >= 6);
    await control("leave", { conversationId });
    await until(() => told(reader).includes("human_control_ended"));
    expect(texts()).toEqual([1, 2, 3, 4, 5, 6].map((n) => `Question ${n}`));
    expect(told(reader).filter((event) => event !== "sms_received")).toEqual(["human_control_ended"]);
    expect(reader.connections()).toBeGreaterThan(1);
    const seqs = [...reader.others.map(({ data }) => data), ...reader.events]
      .flatMap((event) => ("seq" in event ? [Number(event.seq)] : []))
      .toSorted((a, b) => a - b);
    expect(seqs).toEqual(seqs.map((_, at) => (seqs[0] ?? 0) + at));
  });

  it("goes on in the conversation that the customer begins after a long time", async () => {
    const { customer, leadId, conversationId } = await answered();
    const at = `/api/agent/conversations/${conversationId}`;
    await stage.ask("POST", `${at}/take-over`, line.shop.owner.cookie);
    await stage.ask("POST", `${at}/resolve`, line.shop.owner.cookie);
    const { companyId } = line.shop;
    const closedAt = new Date("2020-01-01");
    await withCompany(companyId, (tx) =>
      tx.conversation.updateMany({ where: { companyId, id: conversationId }, data: { closedAt } }),
    );
    const reader = watch(leadId);
    await until(() => reader.others.some(({ event }) => event === "connected"));
    await customer.texts("It is me again");
    const received = await until(() => reader.others.find(({ event }) => event === "sms_received"), 15);
    expect(received.data).toMatchObject({ leadId, message: { text: "It is me again" } });
    expect(received.data.conversationId).not.toBe(conversationId);
  });

  it("is not found for another company, another number, and a lead that never was", async () => {
    const { leadId } = await answered();
    const other = await stage.shop();
    const ask = (path: string, headers = line.shop.key) =>
      stage.ask("GET", `/api/stream/conversation/${path}`, headers);
    expect((await ask(leadId, other.key)).status).toBe(404);
    expect((await ask(newId())).status).toBe(404);
    expect((await ask(`${leadId}?organizationId=${other.companyId}`)).status).toBe(404);
    expect((await ask(`${leadId}?phoneNumber=%2B15555559999`)).status).toBe(404);
    expect((await ask(`${leadId}?phoneNumber=nonsense`)).status).toBe(400);
    expect((await ask(leadId, {})).status).toBe(401);
  });
});
