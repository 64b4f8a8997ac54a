import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VoiceVariables } from "#contracts/telephony";
import { until } from "#support/channel-stage";
import { lookBehind } from "#support/database";
import { aNumber } from "#support/phone";
import { aCallSid, initiation, type Line, paths, postCall } from "#support/voice-line";
import {
  atRest,
  callsOf,
  type Initiated,
  movesOf,
  openVoiceStage,
  theCall,
  type VoiceShop,
  type VoiceStage,
} from "#support/voice-stage";

let stage: VoiceStage;
beforeAll(async () => {
  stage = await openVoiceStage();
});
afterAll(() => stage.close());

const asked = async (line: Line, caller: string, callSid = aCallSid()) => {
  const { status, body } = await stage.tell<Initiated>(initiation(line, { caller, callSid }));
  expect(status).toBe(200);
  expect(body.type).toBe("conversation_initiation_client_data");
  return VoiceVariables.strict().parse(body.dynamic_variables);
};

/** A customer has called before. */
async function calledBefore(shop: VoiceShop, customer: string): Promise<void> {
  await stage.tell(
    postCall(shop.line, {
      customer,
      turns: [
        ["agent", "Hello, how can I help?", 0],
        ["user", "My kettle arrived broken", 3],
      ],
    }),
  );
  await atRest(shop);
}

describe("a voice agent that asks who calls", () => {
  it("learns of a stranger what is safe for one, in all nine variables", async () => {
    const shop = await stage.voiceShop();
    expect(await asked(shop.line, aNumber())).toEqual({
      conversation_context: "Nothing was said before.",
      customer_name: "the customer",
      organization_name: "Harbour",
      lead_status: "new",
      previous_summary: "There was no conversation before.",
      organization_id: shop.companyId,
      caller_type: "new",
      has_conversation_history: false,
      total_messages: 0,
    });
  });

  it("learns of a customer what was said before, by voice and SMS", async () => {
    const shop = await stage.voiceShop();
    const customer = aNumber();
    await calledBefore(shop, customer);
    const known = await asked(shop.line, customer);
    expect(known).toMatchObject({ caller_type: "known", has_conversation_history: true, total_messages: 2 });
    expect(known.conversation_context).toMatch(/on the phone, Customer: My kettle arrived broken$/);
  });

  it("learns nothing of what another company knows of the same number", async () => {
    const [mine, theirs] = [await stage.voiceShop(), await stage.voiceShop()];
    const customer = aNumber();
    await calledBefore(theirs, customer);
    expect(await asked(mine.line, customer)).toMatchObject({
      caller_type: "new",
      organization_id: mine.companyId,
      total_messages: 0,
    });
  });

  it("is told that a person takes care of the customer now", async () => {
    const shop = await stage.voiceShop();
    const customer = aNumber();
    await calledBefore(shop, customer);
    const { conversationId } = await theCall(shop, customer);
    const path = `/api/agent/conversations/${conversationId}/handover`;
    await stage.ask("POST", path, shop.owner.cookie, {
      to: { kind: "operator", operatorId: shop.owner.who.userId },
    });
    expect((await asked(shop.line, customer)).conversation_context).toMatch(
      /^Ada Owner, a person of the company/,
    );
  });

  it.each(["anonymous", "", "+266696687", "sip:somebody@example.com"])(
    "learns nothing of a caller who withholds their number: %s",
    async (caller) => {
      const shop = await stage.voiceShop();
      expect(await asked(shop.line, caller)).toMatchObject({ caller_type: "anonymous", total_messages: 0 });
      await atRest(shop);
      expect(await callsOf(shop)).toEqual([]);
    },
  );

  it("is answered, with values that are safe, while the database keeps it waiting", async () => {
    const shop = await stage.voiceShop();
    const customer = aNumber();
    await calledBefore(shop, customer);
    const blocker = await lookBehind(stage.database);
    await blocker.query("BEGIN");
    await blocker.query("LOCK TABLE message, webhook_delivery IN ACCESS EXCLUSIVE MODE");
    const began = performance.now();
    const known = await asked(shop.line, customer);
    const took = performance.now() - began;
    await blocker.query("COMMIT");
    await blocker.end();
    expect(known).toMatchObject({ caller_type: "new", total_messages: 0, organization_id: shop.companyId });
    expect(took).toBeLessThan(1_000);
    // What could not be stored at once is stored when it can be.
    await until(async () => (await callsOf(shop)).length === 2);
  });
});

describe("a call that comes in", () => {
  it("rings in the inbox, once however often it is told, and is taken by the voice agent", async () => {
    const shop = await stage.voiceShop();
    const customer = aNumber();
    const callSid = aCallSid();
    await asked(shop.line, customer, callSid);
    await asked(shop.line, customer, callSid);
    const call = await theCall(shop, customer);
    expect(call).toMatchObject({ direction: "inbound", status: "ringing" });
    await until(async () => (await theCall(shop, customer)).status === "in_progress");
    expect(await theCall(shop, customer)).toMatchObject({ liveWith: { name: expect.any(String) } });
    expect(await movesOf(shop, call.id)).toEqual(["initiated ringing", "progress in_progress"]);
  });
});

describe("a request that is nobody's", () => {
  it("is refused without the line's own secret, with the same words for a number that nobody has", async () => {
    const [shop, other] = [await stage.voiceShop(), await stage.voiceShop()];
    const good = initiation(shop.line, { caller: aNumber() });
    const wrong = initiation(other.line, { caller: aNumber() });
    const nobody = initiation(
      { ...shop.line, from: aNumber(), voiceAgentId: "agent_nobody" },
      { caller: aNumber() },
    );
    const strangers = [
      { ...good, headers: { "content-type": "application/json" } },
      { ...good, headers: { ...good.headers, "x-baton-secret": "guessed" } },
      // Another company's secret.
      { ...good, headers: wrong.headers },
      { ...nobody, headers: good.headers },
    ];
    const answers = await Promise.all(
      strangers.map((each) => stage.tell<{ error: { message: string } }>(each)),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(new Set(answers.map(({ body }) => body.error.message)).size).toBe(1);
    await atRest(shop);
    expect(await callsOf(shop)).toEqual([]);
  });

  it("is refused while the line is paused", async () => {
    const shop = await stage.voiceShop();
    const path = `/api/admin/connections/${shop.connectionId}`;
    expect((await stage.ask("PATCH", path, shop.owner.cookie, { state: "paused" })).status).toBe(200);
    expect((await stage.tell(initiation(shop.line, { caller: aNumber() }))).status).toBe(401);
  });

  it("is refused where it is no JSON, or too large", async () => {
    const { line } = await stage.voiceShop();
    const { headers } = initiation(line, { caller: aNumber() });
    const post = (body: string) => stage.tell({ path: paths.initiation, headers, body });
    expect((await post("caller_id=1")).status).toBe(400);
    expect((await post('{"caller_id": 7}')).status).toBe(400);
    expect((await post("x".repeat(100_000))).status).toBe(413);
  });

  it("is told apart by the number that is called, where one agent speaks for several lines", async () => {
    const mine = await stage.voiceShop();
    const theirs = await stage.voiceShop({ voiceAgentId: mine.line.voiceAgentId });
    expect((await asked(theirs.line, aNumber())).organization_id).toBe(theirs.companyId);
    expect((await asked(mine.line, aNumber())).organization_id).toBe(mine.companyId);
  });
});
