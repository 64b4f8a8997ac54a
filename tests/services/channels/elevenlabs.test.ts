import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sms } from "#channels/sms/channel";
import { dial, readPostCall, recording, verifyPostCall, voiceSettings } from "#services/channels";
import { type FakeElevenLabs, startFakeElevenLabs } from "#support/fake-elevenlabs";
import { type FakeTwilio, startFakeTwilio } from "#support/fake-twilio";
import { line, notReached, postCall, type Spoken, signedPostCall, transcription } from "#support/voice-line";

const now = new Date("2026-11-25T12:00:00Z");
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const received = ({ headers, body }: { headers: Record<string, string>; body: string }) => ({
  headers: new Headers(headers),
  rawBody: Buffer.from(body),
  now,
});
const read = (payload: Record<string, unknown>) => readPostCall(Buffer.from(JSON.stringify(payload)), now);
const spoken = (payload: Record<string, unknown>) => {
  const report = read(payload);
  if (report?.kind !== "spoken") throw new Error("It tells of no spoken call.");
  return report;
};

describe("the signature of a post-call delivery", () => {
  const secret = line.voicePostCallSecret;
  const good = postCall(line, { customer: "+15557001234" }, now);

  it("is good over the very bytes, from half an hour before to five minutes after", () => {
    for (const at of [now, minutes(-29), minutes(4)]) {
      expect(verifyPostCall(received(postCall(line, {}, at)), secret)).toEqual({ ok: true });
    }
  });

  it("is stale before and after that", () => {
    for (const at of [minutes(-31), minutes(6)]) {
      expect(verifyPostCall(received(postCall(line, {}, at)), secret)).toEqual({
        ok: false,
        reason: "stale",
      });
    }
  });

  it("is none over other bytes, with another secret, without one, or in another shape", () => {
    const bad = { ok: false, reason: "signature" };
    expect(verifyPostCall(received({ ...good, body: `${good.body} ` }), secret)).toEqual(bad);
    expect(verifyPostCall(received(good), "wsec_of_another")).toEqual(bad);
    expect(verifyPostCall(received(good), undefined)).toEqual(bad);
    const header = good.headers["elevenlabs-signature"] ?? "";
    for (const given of [
      "",
      "t=,v0=",
      header.replace("v0", "v1"),
      header.split(",")[1] ?? "",
      "t=abc,v0=1",
    ]) {
      const headers = { ...good.headers, "elevenlabs-signature": given };
      expect([given, verifyPostCall(received({ ...good, headers }), secret)]).toEqual([given, bad]);
    }
  });
});

describe("a call as its voice agent tells of it", () => {
  it("holds who spoke when, what came of it, and what it cost", () => {
    const report = spoken(
      transcription(line, {
        customer: "+15557001234",
        callSid: "CA1",
        conversationId: "conv_1",
        startedAt: now,
        seconds: 63,
        cost: 250.5,
        summary: " It is about a refund. ",
        turns: [
          ["agent", "Hello, how can I help?", 0],
          ["user", "I want a refund", 4],
          ["agent", null, 6, "transfer_to_number"],
          ["agent", "   ", 7],
        ],
      }),
    );
    expect(report).toMatchObject({
      voiceConversationId: "conv_1",
      callSid: "CA1",
      direction: "inbound",
      agentNumber: line.from,
      customerNumber: "+15557001234",
      startedAt: now,
      durationSeconds: 63,
      cost: 250.5,
      outcome: "success",
      summary: "It is about a refund.",
      tools: ["transfer_to_number"],
      recorded: false,
    });
    expect(report.turns).toEqual([
      { author: "agent", text: "Hello, how can I help?", at: now },
      { author: "customer", text: "I want a refund", at: new Date(now.getTime() + 4_000) },
    ]);
  });

  it("is read when ElevenLabs says more than today, or less", () => {
    const { data, ...head } = transcription(line, { over: { novelty: { deep: [1] }, has_audio: true } });
    const { analysis: _, conversation_initiation_client_data: __, ...rest } = data as Record<string, unknown>;
    const bare = { ...rest, transcript: null, metadata: { call_duration_secs: 10, phone_call: null } };
    const report = spoken({ ...head, data: bare });
    expect(report).toMatchObject({ turns: [], outcome: "unknown", direction: undefined, callSid: undefined });
    expect(report.recorded).toBe(true);
  });

  it("failed where ElevenLabs says so, with the reason", () => {
    const metadata = { error: { code: 1_002, reason: "The model did not answer." }, call_duration_secs: 3 };
    const report = spoken(transcription(line, { status: "failed", over: { metadata } }));
    expect(report).toMatchObject({ outcome: "failure", failureReason: "The model did not answer." });
  });

  it("keeps a giant turn whole, in pieces that can be stored", () => {
    const text = "a😀\u0000".repeat(12_000);
    const turns: Spoken[] = [["user", text, 1]];
    const report = spoken(transcription(line, { turns }));
    expect(report.turns.length).toBeGreaterThan(1);
    const said = report.turns.map((turn) => turn.text);
    expect(said.every((piece) => piece.isWellFormed() && piece.length <= 20_000)).toBe(true);
    expect(said.join("")).toBe(text.replaceAll("\u0000", "\ufffd"));
  });

  it.each([
    ["busy", "busy", "The line was busy."],
    ["no-answer", "no_answer", "Nobody answered."],
    ["unknown", "failed", "The call could not be put through."],
    ["a new reason", "failed", "The call could not be put through."],
  ])("that was not reached: %s", (reason, status, failureReason) => {
    const report = read(notReached(line, { customer: "+15557001234", reason, callSid: "CA9" }));
    expect(report).toMatchObject({
      kind: "not_reached",
      status,
      failureReason,
      callSid: "CA9",
      direction: "outbound",
      agentNumber: line.from,
      customerNumber: "+15557001234",
    });
  });

  it("is none in deliveries of other kinds, and cannot be read where it is malformed", () => {
    const other = {
      type: "post_call_audio",
      data: { agent_id: "a", conversation_id: "c", full_audio: "AAAA" },
    };
    expect(read(other)).toBeUndefined();
    expect(() => readPostCall(Buffer.from("no json"), now)).toThrow("no JSON");
    const wrong = { type: "post_call_transcription", data: { agent_id: "a", conversation_id: "c" } };
    expect(() => read(wrong)).toThrow("data.metadata");
    expect(() => read({ type: "post_call_transcription" })).toThrow("data");
  });
});

describe("ElevenLabs", () => {
  const settings = voiceSettings.parse(line);
  const account = {
    apiKey: line.voiceApiKey,
    agentId: line.voiceAgentId,
    phoneNumberId: line.voicePhoneNumberId,
    number: line.from,
  };
  let fake: FakeElevenLabs;
  beforeEach(async () => {
    fake = await startFakeElevenLabs(account);
  });
  afterEach(() => fake.close());

  const call = () => dial({ to: "+15557001234", variables: { total_messages: 3 } }, settings, fake.outside);

  it("makes a call, and tells by which ids it will be known", async () => {
    const dialled = await call();
    const [placed] = fake.placed;
    expect(placed).toMatchObject({ to: "+15557001234", variables: { total_messages: 3 } });
    expect(dialled).toEqual({ voiceConversationId: placed?.conversationId, callSid: placed?.callSid });
  });

  it.each([
    [{ is: "refusal", status: 401, code: "invalid_api_key" }, "revoked", /API key/],
    [{ is: "refusal", status: 404, code: "agent_not_found" }, "permanent", /does not know/],
    [{ is: "refusal", status: 422, code: "invalid_number" }, "permanent", /refused this \(invalid_number\)/],
    [{ is: "refusal", status: 429, retryAfter: 7 }, "passing", /more slowly/],
    [{ is: "refusal", status: 503 }, "passing", /not available/],
    [{ is: "refusal", status: 500 }, "unknown", /not known/],
    [{ is: "page", status: 200, body: "<html>" }, "unknown", /not known/],
    [{ is: "not_placed" }, "permanent", /could not place/],
    [{ is: "cut" }, "unknown", /not known/],
  ] as const)("that meets %j fails in words that hold no number", async (play, kind, words) => {
    fake.play(play);
    const failure = await call().catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(words) });
    expect(String(failure)).not.toMatch(/\+\d/);
  });

  it("hands out what was recorded", async () => {
    fake.recordings.set("conv_1", Buffer.from("mp3"));
    expect(await recording("conv_1", settings, fake.outside)).toMatchObject({
      bytes: Buffer.from("mp3"),
      mediaType: "audio/mpeg",
    });
    await expect(recording("conv_2", settings, fake.outside)).rejects.toMatchObject({ kind: "permanent" });
  });

  describe("is asked when a phone number is checked", () => {
    let phone: FakeTwilio;
    beforeEach(async () => {
      phone = await startFakeTwilio({ ...line, number: line.from });
    });
    afterEach(() => phone.close());

    const check = (change: Record<string, string | undefined> = {}) => {
      const { outside } = fake;
      const bases = { ...outside.bases, twilioApi: phone.url };
      const privateHosts = [...outside.privateHosts, ...phone.outside.privateHosts];
      return sms.check(sms.config.parse({ ...line, ...change }), { ...outside, bases, privateHosts });
    };
    const without = (names: string[]) => Object.fromEntries(names.map((name) => [name, undefined]));

    it("and says that agent and number are there", async () => {
      const { ok, lines } = await check();
      expect([ok, lines.map(({ text }) => text).join(" ")]).toEqual([
        true,
        expect.stringMatching(/“Front desk” is there .* answers this number with the voice agent\.$/),
      ]);
    });

    it("and not at all where the number takes SMS alone", async () => {
      const names = Object.keys(line).filter((name) => name.startsWith("voice"));
      expect((await check(without(names))).ok).toBe(true);
      expect(fake.requests).toEqual([]);
    });

    it("and says what is wrong: the key, the agent, the number, who answers, what is missing", async () => {
      const wrongs = async (change: Record<string, string | undefined>) =>
        (await check(change)).lines.flatMap(({ ok, text }) => (ok ? [] : text)).join(" ");
      expect(await wrongs({ voiceApiKey: "another key" })).toMatch(/does not accept the API key/);
      expect(await wrongs({ voiceAgentId: "agent_gone" })).toMatch(/does not know .* another agent/);
      expect(await wrongs({ voicePhoneNumberId: "phnum_gone" })).toMatch(/does not know/);
      fake.assigned = undefined;
      expect(await wrongs({})).toMatch(/another agent, or none/);
      expect(await wrongs(without(["voicePostCallSecret", "voiceInitiationSecret"]))).toMatch(
        /no call is written down.*does not learn who calls/,
      );
    });
  });
});

it("is signed by nobody who does not know the secret", () => {
  const forged = signedPostCall({ ...line, voicePostCallSecret: "guessed" }, transcription(line, {}), now);
  expect(verifyPostCall(received(forged), line.voicePostCallSecret).ok).toBe(false);
});
