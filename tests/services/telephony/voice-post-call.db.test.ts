import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DecisionView } from "#contracts/operator";
import { publishRules } from "#services/escalation";
import { post } from "#support/channel-stage";
import { aNumber } from "#support/phone";
import {
  aCallSid,
  aVoiceConversation,
  callStatus,
  initiation,
  notReached,
  paths,
  postCall,
  type Report,
  type Spoken,
  signedPostCall,
  text,
  transcription,
} from "#support/voice-line";
import {
  atRest,
  callsOf,
  movesOf,
  openVoiceStage,
  said,
  shown,
  strays,
  theCall,
  type VoiceShop,
  type VoiceStage,
} from "#support/voice-stage";

let stage: VoiceStage;
let shop: VoiceShop;
beforeAll(async () => {
  stage = await openVoiceStage();
  shop = await stage.voiceShop();
});
afterAll(() => stage.close());

const refund: Spoken[] = [
  ["agent", "Hello, how can I help?", 0],
  ["user", "I want to return a kettle", 4],
  ["agent", "Of course. I have sent you a label.", 9],
];

/** Tells of a call after it, and answers the customer. */
const tell = async (report: Report, of = shop): Promise<string> => {
  const customer = report.customer ?? aNumber();
  expect((await stage.tell(postCall(of.line, { customer, ...report }))).status).toBe(200);
  await atRest(of);
  return customer;
};

describe("a call that is over", () => {
  it("stands in the customer's conversation: its words at their true times, its outcome, its cost", async () => {
    const customer = aNumber();
    const startedAt = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 90_000);
    await tell({
      customer,
      turns: refund,
      startedAt,
      seconds: 63,
      cost: 250,
      summary: "A kettle goes back.",
    });
    const call = await theCall(shop, customer);
    expect(call).toMatchObject({
      direction: "inbound",
      status: "completed",
      outcome: "success",
      cost: 250,
      durationSeconds: 63,
      summary: "A kettle goes back.",
      startedAt: startedAt.toISOString(),
      endedAt: new Date(startedAt.getTime() + 63_000).toISOString(),
    });
    expect(call.recordingUrl).toBeUndefined();
    const at = (seconds: number) => new Date(startedAt.getTime() + seconds * 1_000).toISOString();
    expect(await said(shop, call.conversationId)).toEqual([
      { author: "agent", text: "Hello, how can I help?", at: at(0), spoken: true, audience: "all" },
      { author: "customer", text: "I want to return a kettle", at: at(4), spoken: true, audience: "all" },
      {
        author: "agent",
        text: "Of course. I have sent you a label.",
        at: at(9),
        spoken: true,
        audience: "all",
      },
    ]);
    const { row, calls } = await shown(stage, shop, call.conversationId);
    expect(row).toMatchObject({ channel: "sms", state: { state: "ACTIVE" }, snippet: refund[2]?.[1] });
    expect(calls).toMatchObject([{ id: call.id }]);
    // Nothing leaves as an SMS, and nobody answers what was said on the phone.
    expect(stage.twilio.calls.filter(({ path }) => path.endsWith("/Messages.json"))).toEqual([]);
  });

  it("is one call with the one that rang, told of twice, and by Twilio too", async () => {
    const customer = aNumber();
    const callSid = aCallSid();
    const conversationId = aVoiceConversation();
    await stage.tell(initiation(shop.line, { caller: customer, callSid }));
    const report = { customer, callSid, conversationId, turns: refund };
    const told = postCall(shop.line, report);
    const again = postCall(shop.line, report, new Date(Date.now() - 60_000));
    const ended = callStatus(shop.line, { customer, status: "completed", callSid, seconds: 40 });
    await Promise.all([told, told, again, ended, ended].map((each) => stage.tell(each)));
    const call = await theCall(shop, customer);
    expect(call).toMatchObject({ status: "completed", outcome: "success", durationSeconds: 40 });
    expect((await said(shop, call.conversationId)).map(({ text }) => text)).toEqual(
      refund.map(([, text]) => text),
    );
  });

  it("takes place in the conversation of the customer's messages", async () => {
    const customer = aNumber();
    await stage.tell(text(shop.line, { customer, words: "Is my kettle ready?" }));
    await atRest(shop);
    await tell({ customer, turns: refund });
    const { conversationId } = await theCall(shop, customer);
    const theirs = (await said(shop, conversationId)).filter(({ author }) => author === "customer");
    expect(theirs).toMatchObject([
      { text: "Is my kettle ready?", spoken: false },
      { text: "I want to return a kettle", spoken: true },
    ]);
  });

  it("keeps a giant transcript, whole and in order", async () => {
    const turns = Array.from(
      { length: 1_150 },
      (_, n): Spoken => [n % 2 === 0 ? "agent" : "user", `turn ${n} ${"word ".repeat(40)}`.trim(), n * 2],
    );
    const startedAt = new Date(Date.now() - 2_400_000);
    const customer = await tell({ turns, startedAt, seconds: 2_300 });
    const call = await theCall(shop, customer);
    const texts = (await said(shop, call.conversationId)).map(({ text }) => text);
    expect(texts).toEqual(turns.map(([, text]) => text));
    expect(call).toMatchObject({ status: "completed", durationSeconds: 2_300 });
  });

  it("can be heard again where it was recorded, by the company's people alone", async () => {
    const conversationId = aVoiceConversation();
    stage.elevenLabs.recordings.set(conversationId, Buffer.from("0123456789"));
    const customer = await tell({ conversationId, turns: refund, hasAudio: true });
    const { recordingUrl = "", id } = await theCall(shop, customer);
    const { pathname } = new URL(recordingUrl);
    expect(pathname).toBe(`/api/agent/calls/${id}/recording`);
    const hear = (headers: Record<string, string>) => fetch(`${stage.url}${pathname}`, { headers });
    const whole = await hear(shop.owner.cookie);
    expect([whole.status, whole.headers.get("content-type"), await whole.text()]).toEqual([
      200,
      "audio/mpeg",
      "0123456789",
    ]);
    const part = await hear({ ...shop.owner.cookie, range: "bytes=4-5" });
    expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([
      206,
      "bytes 4-5/10",
      "45",
    ]);
    const stranger = await stage.voiceShop();
    expect((await hear(stranger.owner.cookie)).status).toBe(404);
    expect((await hear({})).status).toBe(401);
    stage.elevenLabs.recordings.delete(conversationId);
    expect((await hear(shop.owner.cookie)).status).toBe(503);
  });

  it("says why it did not come about", async () => {
    const customer = aNumber();
    await stage.tell(signedPostCall(shop.line, notReached(shop.line, { customer, reason: "busy" })));
    expect(await theCall(shop, customer)).toMatchObject({
      direction: "outbound",
      status: "busy",
      outcome: "failure",
      failureReason: "The line was busy.",
    });
  });
});

describe("a call that needs a person", () => {
  const handled = async (report: Report) => {
    const { conversationId } = await theCall(shop, await tell(report));
    const detail = await shown(stage, shop, conversationId);
    return { state: detail.row.state.state, reason: detail.row.reason, detail };
  };

  it("is brought to one where the voice agent passed it on", async () => {
    const passedOn: Spoken = ["agent", null, 12, "transfer_to_number"];
    const { state, reason, detail } = await handled({ turns: [...refund, passedOn] });
    expect([state, reason]).toEqual(["WAITING_HUMAN", "agent_tool"]);
    expect(detail.escalation?.packet.sentence).toMatch(/passed the customer on to a person/);
    const notes = detail.messages.filter(({ audience }) => audience === "operators");
    expect(notes.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^End of the call, after 40 s\. On the phone,/),
    ]);
    const path = `/api/agent/conversations/${detail.row.id}/decisions`;
    const { body } = await stage.ask<{ decisions: { outcome: string; reason: string }[] }>(
      "GET",
      path,
      shop.owner.cookie,
    );
    expect(body.decisions).toMatchObject([{ outcome: "escalate", reason: "agent_tool" }]);
  });

  const wish: Spoken[] = [["user", "Can I talk to a real person please?", 3]];

  it("is brought to one where the customer asked for it and was not helped", async () => {
    const { state, reason } = await handled({ turns: wish, outcome: "failure" });
    expect([state, reason]).toEqual(["WAITING_HUMAN", "explicit_request"]);
  });

  it("is brought to one where a rule of the company calls for it", async () => {
    const { state, reason } = await handled({ turns: [["user", "You will hear from my lawyer", 3]] });
    expect([state, reason]).toEqual(["WAITING_HUMAN", "keyword"]);
  });

  it("is measured turn by turn on what came before, and goes where its rule says in the language that was spoken", async () => {
    const german = await stage.voiceShop();
    const again = "Wo ist denn nur meine Bestellung mit dem roten Zelt geblieben";
    await publishRules(german.owner.who, [
      {
        id: "again",
        name: "Again",
        trigger: "circles",
        times: 3,
        enabled: true,
        priority: 1,
        action: "escalate",
        when: { on: "channel", is: "one_of", values: ["sms"] },
        route: { skills: [{ name: "orders" }] },
      },
    ]);
    const turns: Spoken[] = [1, 2, 3].map((n) => ["user", again, n * 5]);
    const customer = await tell({ turns, outcome: "failure" }, german);
    const { conversationId } = await theCall(german, customer);
    const { row } = await shown(stage, german, conversationId);
    expect([row.state.state, row.reason]).toEqual(["WAITING_HUMAN", "circles"]);
    expect(row.attributes).toMatchObject({ skills: ["orders"], language: "de" });
    const helped = await tell({ turns, outcome: "success" }, german);
    const left = await theCall(german, helped);
    expect((await shown(stage, german, left.conversationId)).row.state.state).toBe("ACTIVE");
  });

  it("leaves why nobody had to come, once, however often it is told of", async () => {
    const customer = aNumber();
    const report = { customer, conversationId: aVoiceConversation(), turns: refund };
    await stage.tell(postCall(shop.line, report));
    await stage.tell(postCall(shop.line, report, new Date(Date.now() - 60_000)));
    await atRest(shop);
    const { conversationId } = await theCall(shop, customer);
    const path = `/api/agent/conversations/${conversationId}/decisions`;
    const { body } = await stage.ask<{ decisions: DecisionView[] }>("GET", path, shop.owner.cookie);
    expect(body.decisions).toMatchObject([
      { outcome: "none", sentence: expect.stringMatching(/^On the phone: /) },
    ]);
    expect(body.decisions[0]?.versions).toMatchObject({
      rules: expect.any(Number),
      agent: expect.any(Number),
    });
    expect(body.decisions[0]?.trace.length).toBeGreaterThan(3);
  });

  it("is left with the assistant where the customer was helped in the end, or another agent took over", async () => {
    const turns: Spoken[] = [...wish, ["agent", null, 5, "transfer_to_agent"]];
    expect(await handled({ turns, outcome: "success" })).toMatchObject({ state: "ACTIVE" });
  });

  it("stays with the person who has it already", async () => {
    const customer = await tell({ turns: refund });
    const { conversationId } = await theCall(shop, customer);
    const path = `/api/agent/conversations/${conversationId}/handover`;
    await stage.ask("POST", path, shop.owner.cookie, {
      to: { kind: "operator", operatorId: shop.owner.who.userId },
    });
    await tell({ customer, turns: wish, outcome: "failure" });
    const { row } = await shown(stage, shop, conversationId);
    expect(row.state).toMatchObject({ state: "WITH_HUMAN", operator: { id: shop.owner.who.userId } });
  });
});

describe("a call that is nobody's", () => {
  it("is kept and shown where its caller withheld their number, once", async () => {
    const shop = await stage.voiceShop();
    const report = { customer: "+266696687", conversationId: aVoiceConversation(), turns: refund };
    await tell(report, shop);
    await stage.tell(postCall(shop.line, report, new Date(Date.now() - 5_000)));
    expect(await strays(stage, shop)).toMatchObject([
      {
        voiceConversationId: report.conversationId,
        reason: expect.stringMatching(/withheld/),
        transcript: refund.map(([, text]) => ({ text })),
      },
    ]);
    expect(await callsOf(shop)).toEqual([]);
  });

  it("is kept and shown where it came over no phone", async () => {
    const shop = await stage.voiceShop();
    const metadata = { start_time_unix_secs: 1_764_000_000, call_duration_secs: 20, phone_call: null };
    await tell({ turns: refund, over: { metadata } }, shop);
    const [stray] = await strays(stage, shop);
    expect(stray).toMatchObject({ reason: expect.stringMatching(/names no number/), durationSeconds: 20 });
    const foreign = await stage.voiceShop();
    expect(await strays(stage, foreign)).toEqual([]);
  });

  it("waits in quarantine where it cannot be read, and is read when it is replayed", async () => {
    const shop = await stage.voiceShop();
    const { data, ...head } = transcription(shop.line, { customer: aNumber() });
    const { metadata: _, ...rest } = data as Record<string, unknown>;
    await stage.tell(signedPostCall(shop.line, { ...head, data: rest }));
    await atRest(shop);
    const path = `/api/admin/connections/${shop.connectionId}/quarantine`;
    const { body } = await stage.ask<{ deliveries: { reason: string }[] }>("GET", path, shop.owner.cookie);
    expect(body.deliveries).toMatchObject([
      { reason: expect.stringMatching(/unknown shape at data\.metadata/) },
    ]);
  });
});

describe("a delivery that is not what it seems", () => {
  it("is refused unsigned, signed by another company, stale or from the future, and not stored", async () => {
    const [shop, other] = [await stage.voiceShop(), await stage.voiceShop()];
    const customer = aNumber();
    const good = postCall(shop.line, { customer });
    const hour = 60 * 60_000;
    const bad = [
      { ...good, headers: { "content-type": "application/json" } },
      { ...good, body: `${good.body} ` },
      { ...good, headers: postCall(other.line, { customer }).headers },
      postCall(shop.line, { customer }, new Date(Date.now() - hour)),
      postCall(shop.line, { customer }, new Date(Date.now() + hour)),
      signedPostCall(shop.line, "no json at all"),
      signedPostCall(
        shop.line,
        transcription({ ...shop.line, voiceAgentId: "agent_nobody", from: aNumber() }, {}),
      ),
    ];
    const statuses = [];
    for (const each of bad) statuses.push((await stage.tell(each)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 401]);
    await atRest(shop);
    expect(await callsOf(shop)).toEqual([]);
    const path = "/api/admin/connections";
    const { body } = await stage.ask<{ connections: { health: { rejections: { reason: string }[] } }[] }>(
      "GET",
      path,
      shop.owner.cookie,
    );
    const reasons = body.connections.flatMap(({ health }) => health.rejections.map(({ reason }) => reason));
    expect(reasons).toEqual(expect.arrayContaining(["signature", "stale"]));
  });

  it("is taken and left alone where it is the call's audio, and refused beyond any size", async () => {
    const shop = await stage.voiceShop();
    const audio = {
      type: "post_call_audio",
      data: { agent_id: shop.line.voiceAgentId, conversation_id: aVoiceConversation(), full_audio: "AAAA" },
    };
    expect((await stage.tell(signedPostCall(shop.line, audio))).status).toBe(200);
    await atRest(shop);
    expect([await callsOf(shop), await strays(stage, shop)]).toEqual([[], []]);
    const { headers, body } = signedPostCall(shop.line, "x".repeat(9 * 1024 * 1024));
    expect(await post(stage, paths.postCall, { headers, body })).toBe(413);
  });
});

describe("Twilio, as it tells how far a call came", () => {
  it("moves it from ringing to its end", async () => {
    const of = { customer: aNumber(), callSid: aCallSid() };
    for (const [sequence, status] of ["ringing", "in-progress", "completed"].entries()) {
      const seconds = status === "completed" ? 33 : undefined;
      await stage.tell(callStatus(shop.line, { ...of, status, sequence, ...(seconds && { seconds }) }));
      await atRest(shop);
    }
    const call = await theCall(shop, of.customer);
    expect(call).toMatchObject({ direction: "inbound", status: "completed", durationSeconds: 33 });
    expect([call.answeredAt, call.endedAt]).toEqual([expect.any(String), expect.any(String)]);
    expect(await movesOf(shop, call.id)).toEqual([
      "initiated ringing",
      "progress in_progress",
      "ended completed",
    ]);
  });

  it("finds a line that is addressed by a messaging service by the account, and of several the one that knows the call", async () => {
    const service = () => `MG${crypto.randomUUID().replaceAll("-", "")}`;
    const first = await stage.voiceShop({ from: service() });
    const second = await stage.voiceShop({ from: service() });
    const chosen = { ...second.line, from: aNumber() };
    const of = { customer: aNumber(), callSid: aCallSid() };
    expect((await stage.tell(initiation(chosen, { caller: of.customer, callSid: of.callSid }))).status).toBe(
      200,
    );
    await atRest(second);

    for (const [sequence, status] of ["ringing", "in-progress", "completed"].entries())
      expect((await stage.tell(callStatus(chosen, { ...of, status, sequence, seconds: 21 }))).status).toBe(
        200,
      );

    const call = await theCall(second, of.customer);
    expect(call).toMatchObject({ status: "completed", durationSeconds: 21 });
    expect(await callsOf(first)).toEqual([]);
    const foreign = { ...chosen, accountSid: `AC${"c3".repeat(16)}` };
    expect((await stage.tell(callStatus(foreign, { ...of, status: "completed" }))).status).toBe(401);
  });

  it("never moves it back, whatever order its news come in", async () => {
    const of = { customer: aNumber(), callSid: aCallSid() };
    for (const status of ["completed", "in-progress", "ringing", "queued", "busy", "teleported"]) {
      expect((await stage.tell(callStatus(shop.line, { ...of, status }))).status).toBe(200);
      await atRest(shop);
    }
    expect(await theCall(shop, of.customer)).toMatchObject({ status: "completed" });
  });

  it.each([
    ["busy", "busy", "The line was busy."],
    ["no-answer", "no_answer", "Nobody answered."],
    ["failed", "failed", "The call could not be put through."],
    ["canceled", "canceled", "The call was canceled before anybody answered."],
  ])("says why nobody spoke: %s", async (told, status, failureReason) => {
    const of = { customer: aNumber(), callSid: aCallSid(), direction: "outbound-api" } as const;
    await stage.tell(callStatus(shop.line, { ...of, status: told }));
    expect(await theCall(shop, of.customer)).toMatchObject({ direction: "outbound", status, failureReason });
  });

  it("is believed only with the signature of the line's own token", async () => {
    const of = { customer: aNumber(), callSid: aCallSid(), status: "ringing" };
    const good = callStatus(shop.line, of);
    const forged = callStatus({ ...shop.line, authToken: "guessed" }, of);
    const elsewhere = callStatus({ ...shop.line, accountSid: `AC${"b2".repeat(16)}` }, of);
    const unsigned = { ...good, headers: { "content-type": "application/x-www-form-urlencoded" } };
    const changed = { ...good, body: good.body.replace("ringing", "completed") };
    for (const each of [forged, elsewhere, unsigned, changed])
      expect((await stage.tell(each)).status).toBe(401);
    await atRest(shop);
    expect(await callsOf(shop, of.customer)).toEqual([]);
    expect((await stage.tell(good)).status).toBe(200);
    expect(await theCall(shop, of.customer)).toMatchObject({ status: "ringing" });
  });
});
