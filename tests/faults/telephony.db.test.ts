import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { CallView } from "#contracts/calls";
import { read } from "#lib/db";
import { freePort } from "#lib/free-port";
import type { OperatorWho } from "#services/accounts";
import { createConnection, removeConnection } from "#services/connections";
import { requestCall, saveCallPolicy } from "#services/telephony";
import { aCompany } from "#support/companies";
import { type FakeElevenLabs, startFakeElevenLabs } from "#support/fake-elevenlabs";
import { newSeed, seeded } from "#support/random";
import { until } from "#support/readers";
import { line, type Posted, postCall, type Spoken } from "#support/voice-line";
import { openWorld, type World } from "./channels-world.ts";
import { type Process, startProcess } from "./process.ts";

const seed = newSeed();
const random = seeded(seed);
/** What a dead process held is taken over within 15 s; the rest is what a busy machine needs. */
const takenOverMs = 25_000;

type Shop = {
  owner: OperatorWho;
  elevenLabs: FakeElevenLabs;
  start(env?: Record<string, string>): Promise<Process>;
  close(): Promise<void>;
};

let world: World;
let shop: Shop;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => shop.close());
afterAll(() => world.close());

/** A company whose phone number has a voice agent that may call anybody. */
async function aShop(): Promise<Shop> {
  const { agentId, owner } = await aCompany();
  const { voiceApiKey: apiKey, voiceAgentId, voicePhoneNumberId: phoneNumberId, from: number } = line;
  const elevenLabs = await startFakeElevenLabs({ apiKey, agentId: voiceAgentId, phoneNumberId, number });
  const { connection } = await createConnection(owner, {
    channel: "sms",
    name: "Our phone",
    agentId,
    settings: { ...line },
  });
  const quiet = { on: false, from: "21:00", to: "08:00", days: [], timeZone: "UTC" };
  await saveCallPolicy(owner, { dailyCalls: 1_000, quiet, consentRequired: false });
  const running: Process[] = [];
  return {
    owner,
    elevenLabs,
    async start(env = {}) {
      const started = await startProcess({
        DATABASE_URL: world.postgres.url,
        RATE_WEBHOOK_PER_MINUTE: "1000000",
        ELEVENLABS_API_URL: elevenLabs.url,
        ...env,
      });
      running.push(started);
      return started;
    },
    async close() {
      await Promise.all(running.map((each) => each.stop()));
      await elevenLabs.close();
      // The company of the next test has the same number.
      await removeConnection(owner, connection.id);
    },
  };
}

const callers = (count: number) => Array.from({ length: count }, (_, n) => `+1555777${String(1_000 + n)}`);
const talk = (customer: string): Spoken[] =>
  Array.from({ length: 30 }, (_, n) => [n % 2 === 0 ? "agent" : "user", `${customer} says ${n}`, n]);
const report = (customer: string): Posted =>
  postCall(line, { customer, conversationId: `conv_${customer.slice(1)}`, turns: talk(customer) });

/** Posts until it is acknowledged, as ElevenLabs does. */
async function postUntilTaken(base: () => string, { path, headers, body }: Posted): Promise<void> {
  for (;;) {
    const status = await fetch(`${base()}${path}`, { method: "POST", headers, body }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await pause(100);
  }
}

type Call = CallView & { number: string; dialled: boolean; known: boolean };

async function calls(): Promise<Call[]> {
  const { companyId } = shop.owner;
  const rows = await read<{ call: CallView; number: string; dialled: boolean; known: boolean }>(
    companyId,
    `SELECT call_view(p) AS call, l.phone_number AS number, p.dialled_at IS NOT NULL AS dialled,
            p.voice_conversation_id IS NOT NULL AS known
     FROM phone_call p JOIN lead l ON l.id = p.lead_id WHERE p.company_id = $1`,
    [companyId],
  );
  return rows.map(({ call, ...rest }) => ({ ...call, ...rest }));
}

async function spokenBy(number: string): Promise<string[]> {
  const rows = await read<{ text: string }>(
    shop.owner.companyId,
    `SELECT m.text FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN thread t ON t.id = c.thread_id
     WHERE m.company_id = $1 AND t.key = $2 AND m.audience = 'all' ORDER BY m.seq`,
    [shop.owner.companyId, number],
  );
  return rows.map(({ text }) => text);
}

describe("a process killed while calls are told of", () => {
  it("has stored what it acknowledged, and whoever comes next reads it", async () => {
    shop = await aShop();
    const web = await shop.start({ ROLE: "web" });
    const all = callers(5);
    await Promise.all(all.map((customer) => postUntilTaken(() => web.url, report(customer))));
    expect(await calls()).toEqual([]);
    await web.kill();
    await shop.start();
    await until("all are read", async () => (await calls()).length === all.length, takenOverMs);
    for (const customer of all) {
      await until("its words are there", async () => (await spokenBy(customer)).length === 30, takenOverMs);
      expect(await spokenBy(customer)).toEqual(talk(customer).map(([, text]) => text));
    }
  }, 80_000);

  it(`has each call once, and each of its words once and in order (seed ${seed})`, async () => {
    shop = await aShop();
    const port = String(await freePort());
    const first = await shop.start({ PORT: port });
    const all = callers(40);
    let taken = 0;
    const telling = all.map(async (customer) => {
      await postUntilTaken(() => first.url, report(customer));
      taken += 1;
    });
    const killAt = 5 + Math.floor(random() * 25);
    await until("some are acknowledged", () => taken >= killAt, 20_000);
    await pause(random() * 100);
    await first.kill();
    await shop.start({ PORT: port });
    await Promise.all(telling);
    // And once more, when all is long known.
    await Promise.all(all.map((customer) => postUntilTaken(() => first.url, report(customer))));
    const over = async () => (await calls()).filter(({ status }) => status === "completed").length;
    await until("all are over", async () => (await over()) === all.length, takenOverMs);
    expect(await calls()).toHaveLength(all.length);
    for (const customer of all)
      expect(await spokenBy(customer)).toEqual(talk(customer).map(([, text]) => text));
  }, 80_000);
});

describe("a process killed while it dials", () => {
  it(`never lets a phone ring twice, and says of which it cannot know (seed ${seed})`, async () => {
    shop = await aShop();
    const { placed } = shop.elevenLabs;
    shop.elevenLabs.play(...Array.from({ length: 100 }, () => ({ is: "late" as const, ms: 400 })));
    const first = await shop.start();
    const all = callers(12);
    for (const phoneNumber of all)
      await requestCall(shop.owner, { phoneNumber, context: "Your kettle is ready" });
    const enough = 2 + Math.floor(random() * 6);
    await until("some ring", () => placed.length >= enough, 20_000);
    await first.kill();
    const held = (await calls())
      .filter(({ dialled, known }) => dialled && !known)
      .map(({ number }) => number);
    await shop.start();
    const settled = async () =>
      (await calls()).every(
        ({ known, outcome, failureReason }) => known || outcome === "unknown" || failureReason,
      );
    await until("all are settled", settled, takenOverMs);

    const times = Map.groupBy(placed, ({ to }) => to);
    expect([...times.values()].filter(({ length }) => length > 1)).toEqual([]);
    const unknown = (await calls()).filter(({ outcome }) => outcome === "unknown");
    expect(unknown.map(({ number }) => number)).toEqual(expect.arrayContaining(held));
    expect(
      unknown.every(({ status, failureReason }) => status === "queued" && failureReason !== undefined),
    ).toBe(true);
    // Otherwise the kill came at a moment that proves nothing.
    expect(held.length).toBeGreaterThan(0);
    for (const { number, known } of await calls()) if (known) expect(times.get(number)).toHaveLength(1);
  }, 80_000);
});
