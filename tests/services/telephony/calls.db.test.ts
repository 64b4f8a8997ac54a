import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read } from "#lib/db";
import { openConnection } from "#services/connections";
import { type CallTold, logCall } from "#services/conversations";
import { callersConversation, phoneMemory, telephonyJobs } from "#services/telephony";
import { detailOf, until } from "#support/channel-stage";
import { jobsOf } from "#support/desk";
import { aNumber, aPhoneLine, openPhoneStage, type PhoneLine, type PhoneStage } from "#support/phone";

let stage: PhoneStage;
let asked: PhoneLine;
beforeAll(async () => {
  stage = await openPhoneStage();
  asked = await aPhoneLine(stage, { articles: true });
});
afterAll(() => stage.close());

const minute = 60_000;
const summarise = async (job: unknown) => telephonyJobs["telephony.summarise"]?.(job);

/** Somebody who calls a company; one that answers messages where it is given. */
async function aCaller(called?: PhoneLine) {
  const line = called ?? (await aPhoneLine(stage));
  const customer = line.customer();
  const connection = await openConnection(line.shop.companyId, line.connectionId);
  const { conversation, lead } = await callersConversation(connection, customer.number);
  const callSid = `CA${crypto.randomUUID().replaceAll("-", "")}`;
  const tell = (call: Partial<CallTold["call"]>, more: Partial<Omit<CallTold, "call">> = {}) =>
    logCall(line.shop.companyId, conversation.id, {
      now: new Date(),
      call: {
        connectionId: line.connectionId,
        leadId: lead.id,
        direction: "inbound",
        status: "ringing",
        callSid,
        ...call,
      },
      ...more,
    });
  return { ...line, customer, connection, conversationId: conversation.id, lead, callSid, tell };
}

function turnsFrom(begun: Date) {
  return [
    { n: 0, author: "agent" as const, text: "Harbour, how can I help?", at: begun },
    { n: 1, author: "customer" as const, text: "Where is my parcel?", at: new Date(begun.getTime() + 4_000) },
    { n: 2, author: "agent" as const, text: "It arrives today.", at: new Date(begun.getTime() + 9_000) },
  ];
}

describe.concurrent("a phone call in the log", { timeout: 60_000 }, () => {
  it("is one entry, however often and in whatever order it is told of", async () => {
    const { tell, shop, conversationId } = await aCaller();
    const [a, b] = await Promise.all([tell({}), tell({})]);
    expect(a.call.id).toBe(b.call.id);
    await tell({ status: "in_progress", answeredAt: new Date() });
    await tell({ status: "completed", endedAt: new Date(), durationSeconds: 42, outcome: "success" });
    const late = await tell({ status: "ringing" });
    const other = await tell({ status: "failed" });

    expect([late.change, other.change]).toEqual([undefined, undefined]);
    const { calls } = await detailOf(stage, shop, conversationId);
    expect(calls).toMatchObject([{ status: "completed", durationSeconds: 42, outcome: "success" }]);
    const entries = await read<{ change: string }>(
      shop.companyId,
      "SELECT payload->>'change' AS change FROM event WHERE company_id = $1 AND type = 'call' ORDER BY seq",
      [shop.companyId],
    );
    expect(entries.map(({ change }) => change)).toEqual(["initiated", "progress", "ended"]);
  });

  it("shows in the list who is on the phone, as long as they are", async () => {
    const { tell, shop, conversationId } = await aCaller();
    const { call } = await tell({ status: "in_progress" });
    const live = await detailOf(stage, shop, conversationId);
    expect(live.row.liveCall).toMatchObject({ id: call.id, status: "in_progress" });
    expect(live.calls?.[0]?.liveWith?.id).toBe(shop.agentId);
    await tell({ status: "completed" });
    expect((await detailOf(stage, shop, conversationId)).row.liveCall).toBeUndefined();
  });

  it("brings its words at their true times, once, and the AI neither answers nor sends them", async () => {
    const { tell, shop, conversationId, customer } = await aCaller();
    const begun = new Date(Date.now() - 5 * minute);
    const turns = turnsFrom(begun);
    await Promise.all([tell({ status: "completed" }, { turns }), tell({ status: "completed" }, { turns })]);
    await tell({ status: "completed" }, { turns });

    const { messages, row } = await detailOf(stage, shop, conversationId);
    expect(messages.map(({ text }) => text)).toEqual(turns.map(({ text }) => text));
    expect(messages.map(({ createdAt }) => createdAt)).toEqual(turns.map(({ at }) => at.toISOString()));
    expect(messages.every(({ data, delivery }) => data?.kind === "spoken" && delivery === undefined)).toBe(
      true,
    );
    expect(row).toMatchObject({ state: { state: "ACTIVE" }, unread: 1, snippet: "It arrives today." });
    const runs = await read(shop.companyId, "SELECT 1 FROM run WHERE company_id = $1", [shop.companyId]);
    expect(runs).toEqual([]);
    expect(customer.received()).toEqual([]);
  });

  it("does not keep the AI from answering the message that came before it", async () => {
    const { tell, customer, connection, shop } = await aCaller(asked);
    await customer.texts("How can I pay?");
    const said = turnsFrom(new Date());
    await Promise.all(said.map((turn) => tell({ status: "in_progress" }, { turns: [turn] })));
    await until(() => customer.received().some((text) => text.includes("PayPal")));
    const memory = await phoneMemory(connection.companyId, customer.number);
    expect(memory).toMatchObject({ total: 5, lead: { status: "new" }, companyName: "Harbour" });
    expect(memory.messages.filter(({ spoken }) => spoken)).toHaveLength(3);
    expect(await phoneMemory(shop.companyId, aNumber())).toMatchObject({ total: 0, messages: [] });
  });

  it("leaves a person's turn a person's turn", async () => {
    const { tell, customer, shop, conversationId } = await aCaller(asked);
    await customer.texts("How can I pay?");
    await until(() => customer.received().length > 0);
    await stage.ask("POST", `/api/agent/conversations/${conversationId}/take-over`, shop.owner.cookie);
    await customer.texts("Are you there?");
    await until(async () => (await detailOf(stage, shop, conversationId)).row.lastAuthor === "customer");
    await tell({ status: "completed" }, { turns: turnsFrom(new Date()) });
    const { row } = await detailOf(stage, shop, conversationId);
    expect(row).toMatchObject({ lastAuthor: "customer", snippet: "Are you there?" });
    expect(row.state.state).toBe("WITH_HUMAN");
  });

  it("belongs to the conversation of the customer's messages, opened again where it was closed", async () => {
    const { customer, connection, conversationId, shop } = await aCaller(asked);
    await customer.texts("How can I pay?");
    await until(() => customer.received().length > 0);
    const at = `/api/agent/conversations/${conversationId}`;
    await stage.ask("POST", `${at}/take-over`, shop.owner.cookie);
    await stage.ask("POST", `${at}/resolve`, shop.owner.cookie);
    const both = await Promise.all([
      callersConversation(connection, customer.number),
      callersConversation(connection, customer.number),
    ]);
    for (const { conversation } of both) {
      expect([conversation.id, conversation.state]).toEqual([conversationId, "ACTIVE"]);
    }
  });

  it("keeps a second call of one customer apart", async () => {
    const { tell, shop, conversationId } = await aCaller();
    await tell({ status: "busy" });
    await tell({ callSid: "CA2", status: "in_progress" });
    const { body } = await stage.ask<{ calls: { status: string; seq: number }[] }>(
      "GET",
      `/api/agent/conversations/${conversationId}/calls?limit=1`,
      shop.key,
    );
    expect(body.calls).toMatchObject([{ status: "in_progress" }]);
    const older = await stage.ask<{ calls: { status: string }[] }>(
      "GET",
      `/api/agent/conversations/${conversationId}/calls?before=${body.calls[0]?.seq}`,
      shop.key,
    );
    expect(older.body.calls).toMatchObject([{ status: "busy" }]);
  });

  it("is told of in another company's conversation by nobody", async () => {
    const { tell, conversationId } = await aCaller();
    await tell({});
    const other = await stage.shop();
    const path = `/api/agent/conversations/${conversationId}/calls`;
    expect((await stage.ask("GET", path, other.key)).status).toBe(404);
  });
});

describe.concurrent("what was said, in short", { timeout: 60_000 }, () => {
  it("is summed up when the conversation rests, over voice and messages, and told the next time", async () => {
    const { tell, customer, shop, conversationId, lead } = await aCaller(asked);
    await customer.texts("How can I pay?");
    await until(() => customer.received().length > 0);
    await tell({ status: "completed" }, { turns: turnsFrom(new Date()) });
    const waiting = (await jobsOf("telephony.summarise")).filter(
      ({ payload }) => payload.conversationId === conversationId,
    );
    expect(waiting).toHaveLength(1);
    expect(waiting[0]?.runAt.getTime()).toBeGreaterThan(Date.now() + 9 * minute);

    await Promise.all([1, 2].map(() => summarise({ companyId: shop.companyId, conversationId })));
    const memory = await phoneMemory(shop.companyId, customer.number);
    expect(memory.summary).toContain("How can I pay?");
    expect(memory.summary).toContain("Where is my parcel?");
    const kept = await read<{ madeBy: string }>(
      shop.companyId,
      `SELECT made_by AS "madeBy" FROM conversation_summary WHERE company_id = $1 AND conversation_id = $2`,
      [shop.companyId, conversationId],
    );
    expect(kept).toEqual([{ madeBy: "extract" }]);
    expect(lead.conversationId).toBe(conversationId);
  });
});

describe.concurrent("leads", { timeout: 60_000 }, () => {
  it("are listed newest first, found by number and name, narrowed by status, page by page", async () => {
    const line = await aPhoneLine(stage);
    const customers = [line.customer(), line.customer(), line.customer()];
    for (const customer of customers) {
      await customer.texts("Hi");
      await customer.lead();
    }
    const list = (query: string) =>
      stage.ask<{ leads: { id: string; phoneNumber: string; status: string }[]; next?: string }>(
        "GET",
        `/api/agent/leads?${query}`,
        line.shop.key,
      );
    const first = await list("limit=2");
    const rest = await list(`limit=2&cursor=${first.body.next}`);
    const numbers = [...first.body.leads, ...rest.body.leads].map(({ phoneNumber }) => phoneNumber);
    expect(numbers).toEqual(customers.map(({ number }) => number).toReversed());
    expect(rest.body.next).toBeUndefined();

    const [newest] = first.body.leads;
    const path = `/api/agent/leads/${newest?.id}`;
    const changed = await stage.ask("PATCH", path, line.shop.key, { status: "qualified", callConsent: true });
    expect(changed.body).toMatchObject({ status: "qualified", callConsentAt: expect.any(String) });
    expect((await list("status=qualified")).body.leads.map(({ id }) => id)).toEqual([newest?.id]);
    expect((await list(`query=${newest?.phoneNumber.slice(-4)}`)).body.leads).toHaveLength(1);
    expect((await list("query=%25")).body.leads).toEqual([]);
    expect((await list("cursor=nonsense")).status).toBe(400);

    const other = await stage.shop();
    expect((await stage.ask("PATCH", path, other.key, { status: "lost" })).status).toBe(404);
    expect((await stage.ask("GET", path, other.key)).status).toBe(404);
    expect((await stage.ask("PATCH", path, line.shop.key, {})).status).toBe(400);
  });

  it("stay when their contact goes up in another", async () => {
    const line = await aPhoneLine(stage);
    const [gone, kept] = [line.customer(), line.customer()];
    await Promise.all([gone.texts("Hi"), kept.texts("Hi")]);
    const [from, into] = [await gone.lead(), await kept.lead()];
    const merged = await stage.ask(
      "POST",
      `/api/agent/contacts/${from.contact.id}/merge`,
      line.shop.owner.cookie,
      { into: into.contact.id },
    );
    expect(merged.status).toBeLessThan(300);
    expect((await gone.lead()).contact.id).toBe(into.contact.id);
  });
});
