import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConversationDetail } from "#contracts/operator";
import type { PracticeCall, PracticeLine } from "#contracts/practice";
import type { LeadView } from "#contracts/telephony";
import { withCompany } from "#lib/db";
import { forget } from "#lib/registry";
import { type ChannelStage, openChannelStage, until } from "#support/channel-stage";
import type { Shop } from "#support/stage";

let stage: ChannelStage;
let shop: Shop;
let line: PracticeLine;
beforeAll(async () => {
  stage = await openChannelStage();
  // The line reaches the program at its own port, as in a whole process.
  process.env.PORT = new URL(stage.url).port;
  forget("env");
  shop = await stage.shop();
  await withCompany(shop.companyId, (tx) =>
    tx.company.update({ where: { id: shop.companyId }, data: { demo: true } }),
  );
  const made = await Promise.all([ask<PracticeLine>("POST", "line"), ask<PracticeLine>("POST", "line")]);
  line = made[0].body;
});
afterAll(() => stage.close());

const ask = <T = unknown>(method: string, path: string, body?: unknown) =>
  stage.ask<T>(method, `/api/demo/telephony/${path}`, shop.owner.cookie, body);

let numbers = 1;
const aPhone = () => `+120655501${String(numbers++).padStart(2, "0")}`;

async function leadOf(number: string): Promise<LeadView> {
  return until(async () => {
    const query = new URLSearchParams({ query: number });
    const { body } = await stage.ask<{ leads: LeadView[] }>("GET", `/api/agent/leads?${query}`, shop.key);
    return body.leads.find(({ phoneNumber }) => phoneNumber === number);
  });
}

/** What stands in the conversation of a number. */
async function talkOf(number: string) {
  const { conversationId = "" } = await leadOf(number);
  const { body } = await stage.ask<ConversationDetail>(
    "GET",
    `/api/agent/conversations/${conversationId}`,
    shop.key,
  );
  return { conversationId, ...body };
}

describe("the practice line", { timeout: 60_000 }, () => {
  it("is made once, and only in the demo company", async () => {
    const { body } = await ask<PracticeLine>("POST", "line");
    expect(body.connectionId).toBe(line.connectionId);
    const connections = await stage.ask<{ connections: unknown[] }>(
      "GET",
      "/api/admin/connections",
      shop.key,
    );
    expect(connections.body.connections).toHaveLength(1);
    const other = await stage.shop();
    const refused = await stage.ask("POST", "/api/demo/telephony/line", other.owner.cookie);
    expect(refused.status).toBe(404);
    const sms = { from: aPhone(), text: "Hi" };
    expect((await stage.ask("POST", "/api/demo/telephony/sms", other.owner.cookie, sms)).status).toBe(404);
  });

  it("says that it is for practice, and that it works, where its credentials are checked", async () => {
    const at = `/api/admin/connections/${line.connectionId}`;
    const check = await stage.ask<{ ok: boolean; lines: { text: string }[] }>(
      "POST",
      `${at}/check`,
      shop.key,
    );
    expect(check.body.ok, check.text).toBe(true);
    expect(check.body.lines.map(({ text }) => text)).toEqual([
      "This is the practice line: Baton itself plays Twilio and ElevenLabs. Its text messages work.",
      "Its calls work: the voice agent of the practice line answers.",
    ]);
    const setup = await stage.ask<{ ok: boolean }>("POST", `${at}/setup`, shop.key);
    expect(setup.body.ok, setup.text).toBe(true);
  });

  it("takes a text, and brings the answer back to the phone", async () => {
    const from = aPhone();
    expect((await ask("POST", "sms", { from, text: "Are you an AI?" })).status).toBe(204);
    const answer = await until(async () =>
      (await talkOf(from)).messages.find(
        ({ author, delivery }) => author.kind === "agent" && delivery?.state === "delivered",
      ),
    );
    expect(answer.text).not.toBe("");
  });

  it("answers a call with what it was given to know, and leaves what was said in the conversation", async () => {
    const from = aPhone();
    const { status, body: call } = await ask<PracticeCall>("POST", "calls", { from });
    expect(status).toBe(200);
    expect(call.greeting).toContain(line.agent.name);
    expect(call.variables).toMatchObject({ organization_name: "Harbour", total_messages: 0 });
    const words = await ask<{ text: string }>("POST", "words", { question: "Are you an AI?" });
    await until(async () => (await talkOf(from)).calls?.some(({ status: is }) => is === "in_progress"));

    const { greeting, ...ended } = call;
    const turns = [
      { author: "agent", text: greeting, at: 0 },
      { author: "customer", text: "Are you an AI?", at: 4 },
      { author: "agent", text: words.body.text, at: 7 },
    ];
    const end = { ...ended, how: "completed", seconds: 12, turns };
    expect((await ask("POST", "calls/end", end)).status).toBe(204);

    const spokenIn = ({ messages }: ConversationDetail) =>
      messages.flatMap(({ data, text }) => (data?.kind === "spoken" ? [text] : []));
    const talk = await until(async () => {
      const now = await talkOf(from);
      return now.calls?.[0]?.summary && spokenIn(now).length > 0 ? now : undefined;
    });
    expect(talk.calls).toMatchObject([
      { direction: "inbound", status: "completed", durationSeconds: 12, outcome: "success" },
    ]);
    expect(spokenIn(talk)).toEqual(turns.map(({ text }) => text));
  });

  it("leaves a caller who asks for a person in the queue", async () => {
    const from = aPhone();
    const { greeting, ...call } = (await ask<PracticeCall>("POST", "calls", { from })).body;
    const turns = [
      { author: "agent", text: greeting, at: 0 },
      { author: "customer", text: "I want to talk to a human, please.", at: 3 },
    ];
    await ask("POST", "calls/end", { ...call, how: "completed", seconds: 8, turns });
    await until(async () => (await talkOf(from)).row.state.state === "WAITING_HUMAN");
  });

  it("rings when the customer is called, and tells when nobody answers", async () => {
    const from = aPhone();
    await ask("POST", "sms", { from, text: "Are you an AI?" });
    const { id } = await leadOf(from);
    await stage.ask("PATCH", `/api/agent/leads/${id}`, shop.key, { callConsent: true });
    const quiet = { on: false, from: "21:00", to: "08:00", days: [], timeZone: "UTC" };
    const policy = { dailyCalls: 10, quiet, consentRequired: true };
    await stage.ask("PUT", "/api/admin/call-policy", shop.key, policy);
    const asked = { phoneNumber: from, context: "Your tent is repaired." };
    const placed = await stage.ask("POST", "/api/conversations/outbound-call", shop.owner.cookie, asked);
    expect(placed.status, placed.text).toBeLessThan(300);

    const call = await until(async () => {
      const rings = await ask<PracticeCall>("GET", `ringing?number=${encodeURIComponent(from)}`);
      return rings.status === 200 && rings.body;
    });
    expect(call.greeting).toContain("Your tent is repaired.");
    const { greeting: _, ...rings } = call;
    const end = { ...rings, how: "no_answer", seconds: 0, turns: [] };
    expect((await ask("POST", "calls/end", end)).status).toBe(204);
    await until(async () => (await talkOf(from)).calls?.[0]?.status === "no_answer");
    expect((await ask("GET", `ringing?number=${encodeURIComponent(from)}`)).status).toBe(404);
  });

  it("lets nobody play its platforms without the line's own secrets", async () => {
    const at = "/api/demo/telephony/platform";
    const text = await stage.ask("POST", `${at}/2010-04-01/Accounts/AC1/Messages.json`, {}, { To: aPhone() });
    expect(text.status).toBe(401);
    const dial = { to_number: aPhone() };
    const guessed = { "xi-api-key": "guessed" };
    expect((await stage.ask("GET", `${at}/2010-04-01/Accounts/AC1.json`, {})).status).toBe(401);
    expect((await stage.ask("GET", `${at}/v1/convai/agents/agent_practice`, guessed)).status).toBe(401);
    expect((await stage.ask("POST", `${at}/v1/convai/twilio/outbound-call`, guessed, dial)).status).toBe(401);
  });
});
