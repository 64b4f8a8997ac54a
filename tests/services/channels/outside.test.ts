import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { custom } from "#channels/custom/channel";
import { telegram } from "#channels/telegram/channel";
import { forget } from "#lib/registry";
import { type Outgoing, outsideOf } from "#services/channels";
import { aServer, closeServers } from "#support/private-server";

const secret = `whsec_${Buffer.from("s".repeat(32)).toString("base64")}`;
const text: Outgoing = {
  key: "part-1",
  thread: { key: "t", kind: "direct", address: { conversation: "t", recipient: "u" } },
  author: "agent",
  content: { type: "text", text: "Hello", plain: "Hello" },
  lastCustomerAt: undefined,
};

let inside: Awaited<ReturnType<typeof aServer>>;
beforeAll(async () => {
  inside = await aServer();
  // The administrator runs Telegram's server and a stand-in for Meta's within.
  Object.assign(process.env, {
    TELEGRAM_API_ROOT: `http://${inside.host}`,
    META_GRAPH_BASE_URL: `http://${inside.host}`,
  });
  forget("env");
});
afterAll(async () => {
  for (const name of ["TELEGRAM_API_ROOT", "META_GRAPH_BASE_URL"]) delete process.env[name];
  forget("env");
  await closeServers();
});

describe("the private address that the administrator gave one platform", () => {
  it("is asked by that platform's connections", () => {
    expect(outsideOf("telegram").privateHosts).toEqual([inside.host]);
    expect(outsideOf("whatsapp").privateHosts).toEqual([inside.host]);
  });

  it.each(["http", "https"])("is not asked over %s for a company's own endpoint or file", async (scheme) => {
    const url = `${scheme}://${inside.host}/hook`;
    const world = outsideOf(custom.name);
    const sending = custom.send(text, custom.config.parse({ endpoint: url, secret }), world);
    await expect(sending).rejects.toMatchObject({ kind: "permanent" });
    const settings = custom.config.parse({ endpoint: "https://shop.example", secret });
    const fetching = custom.download?.({ type: "image", locator: { url } }, settings, world);
    await expect(fetching).rejects.toMatchObject({ kind: "permanent" });
    expect(inside.seen).toEqual([]);
  });

  it("is not asked by another platform's connections", () => {
    expect(outsideOf("slack").privateHosts).not.toContain(inside.host);
    expect(outsideOf(telegram.name).privateHosts).toContain(inside.host);
    expect(outsideOf().privateHosts).toEqual([]);
  });
});
