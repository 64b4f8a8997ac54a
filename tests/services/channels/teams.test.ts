import { JwtTokenExtractor } from "botframework-connector/lib/auth/jwtTokenExtractor.js";
import { ToBotFromBotOrEmulatorTokenValidationParameters } from "botframework-connector/lib/auth/tokenValidationParameters.js";
import { SignJWT } from "jose";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { teams } from "#channels/teams/channel";
import { forget } from "#lib/registry";
import type { WebhookRequest } from "#services/channels";
import { keepsTheChannelContract, type Signing } from "#support/channel-contract";
import { type FakeTeams, type Minting, startFakeTeams } from "#support/fake-teams";
import { account, activity, payloads } from "./payloads/teams.ts";
import { events } from "./payloads/teams-events.ts";

const fake = await startFakeTeams(account);
const outside = fake.outside();
const others = {
  appId: "11111111-2222-4333-8444-555555555555",
  appPassword: "another secret",
  tenantId: "66666666-7777-4888-8999-aaaaaaaaaaaa",
};
const serviceUrl = "https://smba.trafficmanager.net/emea/";

afterAll(() => fake.close());

function post(body: unknown, authorization: string | undefined, now = new Date()): WebhookRequest {
  const headers = new Headers({ "content-type": "application/json; charset=utf-8" });
  if (authorization !== undefined) headers.set("authorization", authorization);
  const url = new URL("https://baton.example/api/webhooks/teams");
  return { method: "POST", url, headers, rawBody: Buffer.from(JSON.stringify(body)), now };
}

async function request(body: unknown, signing: Signing = {}): Promise<WebhookRequest> {
  const { serviceUrl } = body as { serviceUrl?: string };
  const audience = String(signing.secretsOf?.appId ?? account.appId);
  const signedAt = signing.signedAt ?? signing.at ?? new Date();
  return post(body, `Bearer ${await fake.token({ audience, serviceUrl, signedAt })}`, signing.at);
}

keepsTheChannelContract({
  channel: teams,
  config: account,
  foreignSecrets: others,
  request,
  outside,
  payloads: [...payloads, ...events],
  text: (text, id) => activity({ text, ...(id === undefined ? {} : { id }) }),
  ownEcho: activity({ text: "Our answer", from: { id: `28:${account.appId}`, name: "Contoso Help" } }),
  wrongAccount: activity({
    text: "Hello",
    conversation: { conversationType: "personal", id: "a:1", tenantId: others.tenantId },
  }),
  signsBody: false,
  timed: true,
  unknownKind: activity({ type: "somethingNew", text: "Hello", id: "f:9" }),
});

describe("Teams' token", () => {
  const hello = activity({ text: "Hello" });
  const verdictOn = async (minting: Partial<Minting>, body: unknown = hello) =>
    teams.verify(
      post(body, `Bearer ${await fake.token({ audience: account.appId, serviceUrl, ...minting })}`),
      account,
      outside,
    );
  const minutesAgo = (count: number) => new Date(Date.now() - count * 60_000);

  it.each<[string, Partial<Minting>, unknown]>([
    ["for another app", { audience: others.appId }, "wrong_account"],
    [
      "of another issuer",
      { issuer: "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/" },
      "signature",
    ],
    [
      "of another issuer for some tenant",
      { issuer: "https://evil.example", claims: { tid: "t" } },
      "signature",
    ],
    ["by a forged key", { forged: true }, "signature"],
    ["by a key nobody published", { keyId: "key-9" }, "signature"],
    ["for another address of answers", { serviceUrl: "https://evil.example/" }, "signature"],
    ["for no address of answers", { serviceUrl: undefined }, "signature"],
    ["that ended more than five minutes ago", { signedAt: minutesAgo(11) }, "stale"],
    ["that begins in more than five minutes", { signedAt: minutesAgo(-6) }, "stale"],
  ])("is refused %s", async (_, minting, reason) => {
    expect(await verdictOn(minting)).toEqual({ ok: false, reason });
  });

  it("is accepted while it ended less than five minutes ago", async () => {
    expect(await verdictOn({ signedAt: minutesAgo(9) })).toEqual({ ok: true });
  });

  it("is refused when signed with a shared secret, or with nothing", async () => {
    const secret = new TextEncoder().encode("the public key, taken for a secret");
    const claims = { iss: "https://api.botframework.com", aud: account.appId, serviceurl: serviceUrl };
    const shared = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", kid: "key-1" })
      .setExpirationTime("5m")
      .sign(secret);
    const [, body] = shared.split(".");
    const none = Buffer.from('{"alg":"none","kid":"key-1"}').toString("base64url");
    for (const token of [shared, `${none}.${body}.`]) {
      const verdict = await teams.verify(post(hello, `Bearer ${token}`), account, outside);
      expect(verdict).toEqual({ ok: false, reason: "signature" });
    }
  });

  it.each([
    ["nothing", ""],
    ["another scheme", "Basic Ym90OnNlY3JldA=="],
    ["two tokens", "Bearer one two"],
    ["no token of three parts", "Bearer garbage"],
  ])("is refused when the header holds %s", async (_, authorization) => {
    const verdict = await teams.verify(post(hello, authorization), account, outside);
    expect(verdict).toEqual({ ok: false, reason: "signature" });
  });

  it.each([
    ["serviceUrl", "malformed"],
    ["channelId", "malformed"],
    ["conversation", "ok"],
  ])("goes with an activity that names its %s", async (field, reason) => {
    const body = { ...hello, [field]: undefined };
    const expected = reason === "ok" ? { ok: true } : { ok: false, reason };
    // Without a conversation the organisation is still told in channelData.
    expect(await verdictOn({}, body)).toEqual(expected);
  });

  it("goes with an activity of Teams, not of another channel of the same bot", async () => {
    expect(await verdictOn({}, { ...hello, channelId: "webchat" })).toEqual({
      ok: false,
      reason: "signature",
    });
  });

  it("goes with an activity whose organisation is told", async () => {
    const body = { ...hello, conversation: { id: "a:1" }, channelData: {} };
    expect(await verdictOn({}, body)).toEqual({ ok: false, reason: "wrong_account" });
  });

  it("is refused when its key speaks for no channel", async () => {
    const unendorsed = await startFakeTeams(account, []);
    const token = await unendorsed.token({ audience: account.appId, serviceUrl });
    const verdict = await teams.verify(post(hello, `Bearer ${token}`), account, unendorsed.outside());
    await unendorsed.close();
    expect(verdict).toEqual({ ok: false, reason: "signature" });
  });

  it("is judged without a word on the console", async () => {
    const spies = (["error", "warn", "log", "info"] as const).map((name) => vi.spyOn(console, name));
    await verdictOn({ forged: true });
    await verdictOn({ signedAt: minutesAgo(60) });
    await verdictOn({ audience: others.appId });
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  it("of another issuer leaves nothing behind, and makes us ask for no key", async () => {
    const server = await startFakeTeams(account);
    const before = [ToBotFromBotOrEmulatorTokenValidationParameters.issuer].flat();
    for (let count = 0; count < 50; count += 1) {
      const issuer = "https://evil.example";
      const minting = { audience: account.appId, serviceUrl, issuer, claims: { tid: `tenant-${count}` } };
      const delivery = post(hello, `Bearer ${await server.token(minting)}`);
      expect(await teams.verify(delivery, account, server.outside())).toMatchObject({ ok: false });
    }
    await server.close();
    expect(server.asked.keys).toBe(0);
    expect([ToBotFromBotOrEmulatorTokenValidationParameters.issuer].flat()).toEqual(before);
    expect(before.length).toBeGreaterThan(4);
  });
});

describe("Teams' token, judged by Microsoft's own library and by us", () => {
  const judges = async (minting: Partial<Minting>) => {
    const header = `Bearer ${await fake.token({ audience: account.appId, serviceUrl, ...minting })}`;
    const library = new JwtTokenExtractor(
      { issuer: ["https://api.botframework.com"], audience: account.appId, clockTolerance: 300 },
      outside.bases.teamsOpenId,
      ["RS256", "RS384", "RS512"],
    );
    const theirs = await library.getIdentityFromAuthHeader(header, "msteams").then(
      (identity) => identity?.isAuthenticated === true,
      () => false,
    );
    const ours = await teams.verify(post(activity({ text: "Hello" }), header), account, outside);
    return { theirs, ours: ours.ok };
  };

  afterEach(() => vi.restoreAllMocks());

  it.each<[string, Partial<Minting>, boolean]>([
    ["a true one", {}, true],
    ["one that just ended", { signedAt: new Date(Date.now() - 9 * 60_000) }, true],
    ["one that ended long ago", { signedAt: new Date(Date.now() - 60 * 60_000) }, false],
    ["one for another app", { audience: others.appId }, false],
    ["one of another issuer", { issuer: "https://evil.example" }, false],
    ["a forged one", { forged: true }, false],
  ])("has the same verdict on %s", async (_, minting, expected) => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(await judges(minting)).toEqual({ theirs: expected, ours: expected });
  });
});

describe("Microsoft's signing keys", () => {
  const hello = activity({ text: "Hello" });
  const from = async (server: FakeTeams, minting: Partial<Minting> = {}) =>
    post(hello, `Bearer ${await server.token({ audience: account.appId, serviceUrl, ...minting })}`);

  it("are read once for many deliveries", async () => {
    const server = await startFakeTeams(account);
    const requests = await Promise.all(Array.from({ length: 20 }, () => from(server)));
    await Promise.all(requests.map((each) => teams.verify(each, account, server.outside())));
    await server.close();
    expect(server.asked.keys).toBe(1);
  });

  it("are read again when a new one appears, and no more than once a minute", async () => {
    const server = await startFakeTeams(account);
    let minutes = 0;
    const world = server.outside(() => new Date(Date.now() + minutes * 60_000));
    await teams.verify(await from(server), account, world);
    await server.rotateKeys();
    for (let count = 0; count < 20; count += 1) {
      await teams.verify(await from(server, { keyId: `invented-${count}` }), account, world);
    }
    expect(server.asked.keys).toBe(1);
    minutes = 1;
    expect(await teams.verify(await from(server), account, world)).toEqual({ ok: true });
    await server.close();
    expect(server.asked.keys).toBe(2);
  });

  it("stay good while Microsoft cannot be asked for newer ones", async () => {
    const server = await startFakeTeams(account);
    let days = 0;
    const world = server.outside(() => new Date(Date.now() + days * 86_400_000));
    await teams.verify(await from(server), account, world);
    server.broken.keys = true;
    days = 2;
    const verdict = await teams.verify(await from(server), account, world);
    await server.close();
    expect(verdict).toEqual({ ok: true });
  });

  it("leave a delivery undecided, to come again, while there are none yet", async () => {
    const server = await startFakeTeams(account);
    server.broken.keys = true;
    let seconds = 0;
    const world = server.outside(() => new Date(Date.now() + seconds * 1_000));
    const delivery = await from(server);
    await expect(teams.verify(delivery, account, world)).rejects.toMatchObject({ code: "unavailable" });
    await expect(teams.verify(delivery, account, world)).rejects.toMatchObject({ code: "unavailable" });
    expect(server.asked.keys).toBe(1);
    server.broken.keys = false;
    seconds = 6;
    expect(await teams.verify(delivery, account, world)).toEqual({ ok: true });
    await server.close();
  });

  afterEach(() => forget("teams.keys"));
});

describe("A delivery of Teams", () => {
  const idOf = (fields: Record<string, unknown>) => teams.deliveryId(post(activity(fields), undefined));

  it("is told from the next change of the same message", () => {
    const first = idOf({ type: "messageUpdate", timestamp: "2026-11-03T14:02:12.000Z" });
    const second = idOf({ type: "messageUpdate", timestamp: "2026-11-03T14:02:13.000Z" });
    expect(new Set([first, second, idOf({}), idOf({ type: "messageDelete" })]).size).toBe(4);
  });

  it("has a short name however long its ids are, and one where it has no id", () => {
    expect(idOf({ id: "9".repeat(400) })).toHaveLength(64);
    expect(idOf({ type: "typing", id: undefined })).toHaveLength(64);
  });

  it.each([
    ["a message with nothing", { text: "Hi" }, { status: 200, body: "" }],
    ["a known invoke in its body", { type: "invoke", name: "adaptiveCard/action" }, { status: 200 }],
    [
      "feedback with an empty object",
      { type: "invoke", name: "message/submitAction" },
      { status: 200, body: "{}" },
    ],
    ["an unknown invoke by saying so", { type: "invoke", name: "task/fetch" }, { status: 501 }],
  ])("answers %s", (_, fields, expected) => {
    expect(teams.acknowledge?.(post(activity(fields), undefined), account)).toMatchObject(expected);
  });

  it("tells a card's button that it was taken", () => {
    const invoke = post(activity({ type: "invoke", name: "adaptiveCard/action" }), undefined);
    const body: unknown = JSON.parse(teams.acknowledge?.(invoke, account).body ?? "");
    expect(body).toMatchObject({ statusCode: 200, type: "application/vnd.microsoft.activity.message" });
  });
});
