import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { slack } from "#channels/slack/channel";
import type { Outside } from "#services/channels";
import { type FakeSlack, startFakeSlack, worldWithSlack } from "#support/fake-slack";

const config = { signingSecret: "secret", botToken: "xoxb-fake-token", teamId: "T0COMPANY01" };
let server: FakeSlack;
let lure: FakeSlack;
let outside: Outside;

beforeAll(async () => {
  server = await startFakeSlack();
  lure = await startFakeSlack();
});

beforeEach(() => {
  server.forget();
  lure.forget();
  // The lure may be asked too: what keeps the token from it must not be the guard of private addresses.
  outside = worldWithSlack(`${server.origin}/api`, [server.privateHost, lure.privateHost]);
});

afterAll(async () => {
  await server.close();
  await lure.close();
});

describe("a file from Slack", () => {
  const stored = { name: "broken.png", mediaType: "image/png", bytes: Buffer.from("pixels") };
  const remote = (url: string) => ({
    type: "image" as const,
    name: "broken.png",
    mediaType: "image/png",
    locator: { id: "F1", url },
  });
  const fetched = (url: string) => slack.download?.(remote(url), config, outside);

  it("is fetched with the bot's token", async () => {
    server.files.set("F1", stored);

    expect(await fetched(`${server.origin}/file/F1`)).toEqual({
      bytes: stored.bytes,
      mediaType: "image/png",
      name: "broken.png",
    });
  });

  it("is looked up first where the message told no address", async () => {
    server.files.set("F1", stored);

    const found = await slack.download?.({ type: "document", locator: { id: "F1" } }, config, outside);

    expect(found).toEqual({ bytes: stored.bytes, mediaType: "image/png", name: "broken.png" });
  });

  it.each([
    "http://files.slack.com/a",
    "https://files.slack.com.evil.example/a",
    "https://slack.com/a",
    "nonsense",
  ])("is not fetched from %s", async (url) => {
    await expect(fetched(url)).rejects.toMatchObject({ kind: "permanent", code: "foreign_host" });
  });

  it("never carries the token to a foreign host", async () => {
    lure.files.set("F1", stored);

    await expect(fetched(`${lure.origin}/file/F1`)).rejects.toMatchObject({ code: "foreign_host" });

    expect(lure.calls).toEqual([]);
  });

  it("does not follow Slack elsewhere", async () => {
    server.files.set("F1", { ...stored, redirect: `${lure.origin}/file/F1` });

    await expect(fetched(`${server.origin}/file/F1`)).rejects.toMatchObject({ kind: "permanent" });

    expect(lure.calls).toEqual([]);
  });

  it("is not mistaken for the sign-in page that Slack shows without the permission", async () => {
    server.files.set("F1", stored);
    const stranger = { ...config, botToken: "xoxb-other" };

    const lost = slack.download?.(remote(`${server.origin}/file/F1`), stranger, outside);

    await expect(lost).rejects.toThrow("the app needs the permission files:read");
  });

  it("is asked for again after a fault, and given up once it is gone", async () => {
    server.failNext("file", { kind: "cut" });
    await expect(fetched(`${server.origin}/file/F1`)).rejects.toMatchObject({ kind: "passing" });
    server.failNext("file", { kind: "status", status: 500 });
    await expect(fetched(`${server.origin}/file/F1`)).rejects.toMatchObject({ kind: "passing" });

    await expect(fetched(`${server.origin}/file/F1`)).rejects.toMatchObject({
      kind: "permanent",
      code: "http_404",
    });
  });

  it("is refused beyond 50 MB", async () => {
    server.files.set("F1", { ...stored, bytes: Buffer.alloc(50 * 1024 * 1024 + 1) });

    await expect(fetched(`${server.origin}/file/F1`)).rejects.toMatchObject({
      kind: "permanent",
      code: "too_large",
    });
  });
});

describe("the check of a connection", () => {
  it("tells whose token it is and what it may do", async () => {
    expect(await slack.check(config, outside)).toEqual({
      ok: true,
      account: "helper in Acme",
      lines: [
        { ok: true, text: "Slack accepts the bot token." },
        { ok: true, text: "The app is installed in the workspace T0COMPANY01." },
        { ok: true, text: "The bot's user id is U0BOT000001." },
        { ok: true, text: "The app has all permissions that it needs." },
      ],
    });
  });

  it("names another workspace, another bot and missing permissions", async () => {
    const scopes = server.scopes;
    server.scopes = ["chat:write", "users:read", "im:history", "app_mentions:read"];
    const mistaken = { ...config, teamId: "T0OTHER0001", botUserId: "U0OTHER0001" };

    const report = await slack.check(mistaken, outside);
    server.scopes = scopes;

    expect(report.ok).toBe(false);
    expect(report.lines.filter(({ ok }) => !ok).map(({ text }) => text)).toEqual([
      "The token is for the workspace T0COMPANY01, but T0OTHER0001 was entered.",
      "The bot's user id is U0BOT000001, but U0OTHER0001 was entered.",
      "The app lacks permissions: files:read, files:write.",
    ]);
  });

  it("says that a token is no longer good", async () => {
    const report = await slack.check({ ...config, botToken: "xoxb-old" }, outside);

    expect(report).toMatchObject({
      ok: false,
      lines: [{ ok: false, text: expect.stringContaining("no longer") }],
    });
  });
});

describe("a sender's profile", () => {
  it("is the name that the person chose, or else the real one", async () => {
    expect(await slack.profile?.("U0CUSTOMER1", config, outside)).toEqual({ name: "Ada" });
    expect(await slack.profile?.("U0CUSTOMER2", config, outside)).toEqual({ name: "Grace Hopper" });
  });

  it("is left open where Slack does not tell it, and asked again after a fault", async () => {
    expect(await slack.profile?.("U0NOBODY001", config, outside)).toBeUndefined();
    server.failNext("users.info", { kind: "cut" });

    await expect(slack.profile?.("U0CUSTOMER1", config, outside)).rejects.toMatchObject({ kind: "passing" });
  });
});
