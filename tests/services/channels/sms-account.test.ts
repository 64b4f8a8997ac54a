import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sms } from "#channels/sms/channel";
import { type FakeTwilio, startFakeTwilio } from "#support/fake-twilio";

const accountSid = `AC${"a1".repeat(16)}`;
const config = { accountSid, authToken: "secret-auth-token", from: "+15550100" };
const service = `MG${"b2".repeat(16)}`;
const path = `/2010-04-01/Accounts/${accountSid}/Messages/MM1/Media/ME1`;

let fake: FakeTwilio;
beforeEach(async () => {
  fake = await startFakeTwilio({ ...config, number: config.from });
});
afterEach(() => fake.close());

const download = (url: string) => sms.download?.({ type: "image", locator: { url } }, config, fake.outside);

/** A server that is not Twilio's, and the headers that it was shown. */
async function stranger() {
  const shown: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    shown.push(request.headers.authorization);
    response.writeHead(200, { "content-type": "image/gif" }).end("stored");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { shown, host, close: () => server.close() };
}

describe("SMS hands out files", () => {
  it("with its credentials, whichever of Twilio's names the address has", async () => {
    fake.media.set("ME1", Buffer.from("png"));

    const found = await download(`https://api.twilio.com${path}`);

    expect(found).toEqual({ bytes: Buffer.from("png"), mediaType: "image/png", name: undefined });
    expect(await download(`${fake.url}${path}`)).toEqual(found);
  });

  it("from the store that Twilio leads to, which never sees the credentials", async () => {
    const store = await stranger();
    fake.outside.privateHosts = [...fake.outside.privateHosts, store.host];
    fake.media.set("ME1", { leadsTo: `http://${store.host}/media` });

    const found = await download(`https://api.twilio.com${path}`);
    store.close();

    expect(found).toMatchObject({ bytes: Buffer.from("stored"), mediaType: "image/gif" });
    expect(store.shown).toEqual([undefined]);
  });

  it("from no host that Twilio should not lead to", async () => {
    const lure = await stranger();
    fake.media.set("ME1", { leadsTo: `http://${lure.host}/media` });

    await expect(download(`https://api.twilio.com${path}`)).rejects.toMatchObject({ code: "foreign_host" });

    lure.close();
    expect(lure.shown).toEqual([]);
  });

  it("from no foreign host, even one that may be asked", async () => {
    const lure = await stranger();
    fake.outside.privateHosts = [...fake.outside.privateHosts, lure.host];

    await expect(download(`http://${lure.host}${path}`)).rejects.toMatchObject({ code: "foreign_host" });

    lure.close();
    expect(lure.shown).toEqual([]);
  });

  it.each([
    `https://api.twilio.com.evil.example${path}`,
    `https://api.twilio.com@evil.example${path}`,
    `http://api.twilio.com${path}`,
    "https://api.twilio.com/2010-04-01/Accounts/AC0/Messages/MM1/Media/ME1",
    `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/MM1/Media/../../../Keys.json`,
    "not an address",
  ])("not from %s", async (url) => {
    await expect(download(url)).rejects.toMatchObject({ kind: "permanent", code: "foreign_host" });

    expect(fake.calls).toEqual([]);
  });

  it("only up to sixteen megabytes", async () => {
    fake.media.set("ME1", Buffer.alloc(16 * 1024 * 1024 + 1));

    await expect(download(`${fake.url}${path}`)).rejects.toMatchObject({
      kind: "permanent",
      code: "too_large",
    });
  });

  it("not once they were deleted, and later where Twilio is not well", async () => {
    await expect(download(`${fake.url}${path}`)).rejects.toMatchObject({
      kind: "permanent",
      code: "http_404",
    });

    fake.play({ is: "page", status: 502, body: "" }, { is: "page", status: 429, body: "" }, { is: "cut" });
    await expect(download(`${fake.url}${path}`)).rejects.toMatchObject({ kind: "passing" });
    await expect(download(`${fake.url}${path}`)).rejects.toMatchObject({ kind: "passing" });
    await expect(download(`${fake.url}${path}`)).rejects.toMatchObject({ kind: "passing" });
  });
});

describe("SMS is set up", () => {
  const webhookUrl = "https://help.example.com/api/webhooks/c/a/sms/w";

  it("by proving the account and the number", async () => {
    expect(await sms.check(config, fake.outside)).toEqual({
      ok: true,
      account: "+15550100",
      lines: [
        { ok: true, text: "The Twilio account is active." },
        { ok: true, text: "The number belongs to this Twilio account." },
      ],
    });
  });

  it("with a plain word where something is amiss", async () => {
    fake.accountStatus = "suspended";
    expect(await sms.check({ ...config, from: "+15550199" }, fake.outside)).toMatchObject({
      ok: false,
      lines: [
        { ok: false, text: "The Twilio account is suspended." },
        { ok: false, text: "The number does not belong to this Twilio account." },
      ],
    });

    expect(await sms.check({ ...config, authToken: "old" }, fake.outside)).toMatchObject({
      ok: false,
      lines: [{ text: "Twilio does not accept the account SID and auth token: enter them again." }],
    });
  });

  it("with a plain word where nothing comes back", async () => {
    fake.play({ is: "cut" });

    const report = await sms.check(config, fake.outside);

    expect(report).toEqual({ ok: false, lines: [{ ok: false, text: "Twilio does not answer right now." }] });
  });

  it("by telling Twilio where the number delivers", async () => {
    expect(await sms.setup?.(config, { webhookUrl }, fake.outside)).toMatchObject({ ok: true });

    expect([fake.smsUrl, fake.callStatusUrl]).toEqual([webhookUrl, ""]);
  });

  it("with what becomes of its calls too, where a voice agent takes them", async () => {
    await sms.setup?.({ ...config, voiceAgentId: "agent_1" }, { webhookUrl }, fake.outside);

    expect(fake.callStatusUrl).toBe(`${new URL(webhookUrl).origin}/api/webhooks/twilio/voice/status`);
  });

  it("not for another account's number", async () => {
    const other = { ...config, from: "+15550199" };

    expect(await sms.setup?.(other, { webhookUrl }, fake.outside)).toMatchObject({ ok: false });
    expect(fake.smsUrl).toBe("");
  });

  it("by hand for a messaging service, and says how", async () => {
    const report = await sms.setup?.({ ...config, from: service }, { webhookUrl }, fake.outside);

    expect(report?.ok).toBe(false);
    expect(report?.lines[0]?.text).toContain(webhookUrl);
  });
});
