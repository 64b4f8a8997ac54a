import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read } from "#lib/db";
import { newId } from "#lib/ids";
import {
  aCustomSecret,
  type ChannelStage,
  connect,
  customMessage,
  logOf,
  openChannelStage,
  post,
  until,
} from "#support/channel-stage";
import { type FakeReceiver, startFakeReceiver } from "#support/fake-receiver";
import type { Shop } from "#support/stage";

const secret = aCustomSecret();
let receiver: FakeReceiver;
let stage: ChannelStage;
beforeAll(async () => {
  receiver = await startFakeReceiver(secret);
  stage = await openChannelStage({ OUTBOUND_PRIVATE_HOSTS: receiver.host });
});
afterAll(async () => {
  await stage.close();
  await receiver.close();
});

describe("the address that a platform delivers to", () => {
  it("is none where any part of it is another company's, and stores nothing for either", async () => {
    const [mine, theirs] = [await aConnectedShop(), await aConnectedShop()];
    const parts = Object.keys(mine.parts) as (keyof typeof mine.parts)[];
    for (const from of [
      theirs.parts,
      { ...mine.parts, companyId: newId(), agentId: newId(), webhookId: "x".repeat(43) },
    ]) {
      for (const part of parts.filter((name) => name !== "channel")) {
        const path = pathOf({ ...mine.parts, [part]: from[part] });
        expect([part, await post(stage, path, hello())]).toEqual([part, 404]);
      }
    }
    for (const channel of ["telegram", "slack", "web", "__proto__"]) {
      expect([channel, await post(stage, pathOf({ ...mine.parts, channel }), hello())]).toEqual([
        channel,
        404,
      ]);
    }
    for (const { shop } of [mine, theirs]) expect(await deliveriesOf(shop)).toBe(0);
  });

  it("is told the same whether a part is another company's or never was", async () => {
    const [mine, theirs] = [await aConnectedShop(), await aConnectedShop()];
    const answer = async (parts: typeof mine.parts) => {
      const { status, text } = await stage.ask("POST", pathOf(parts), hello().headers);
      return [status, text.replace(/"requestId":"[^"]*"/, "")];
    };
    const foreign = await answer({ ...mine.parts, companyId: theirs.parts.companyId });
    expect(foreign).toEqual(await answer({ ...mine.parts, companyId: newId() }));
    expect(foreign).toEqual(await answer({ ...mine.parts, webhookId: "y".repeat(43) }));
  });

  it("takes nothing that another company's secret has signed", async () => {
    const theirs = await aConnectedShop();
    const ownSecret = aCustomSecret();
    const shop = await stage.shop();
    const { path } = await connect(stage, shop, "custom", { secret: ownSecret, endpoint: receiver.url });
    expect(await post(stage, path, hello())).toBe(401);
    expect(await post(stage, pathOf(theirs.parts), customMessage(ownSecret, { id: "1" }))).toBe(401);
    for (const each of [shop, theirs.shop]) expect(await deliveriesOf(each)).toBe(0);
  });

  it("brings what two companies get under the same ids to each its own", async () => {
    const [mine, theirs] = [await aConnectedShop(), await aConnectedShop()];
    for (const [{ parts }, content] of [
      [mine, "For the first"],
      [theirs, "For the second"],
    ] as const) {
      const same = customMessage(secret, { id: "same", sender: { id: "same" }, content }, "same-id");
      expect(await post(stage, pathOf(parts), same)).toBe(200);
    }
    for (const [{ shop }, content] of [
      [mine, "For the first"],
      [theirs, "For the second"],
    ] as const) {
      await until(async () => (await logOf(shop.companyId)).length > 0);
      const log = await logOf(shop.companyId);
      expect(log.filter(({ author }) => author === "customer").map(({ text }) => text)).toEqual([content]);
    }
  });
});

describe("the address of a file that a platform may fetch", () => {
  it("opens that one file for a while, and nothing when any of it is changed", async () => {
    const { shop, parts } = await aConnectedShop();
    const other = await stage.shop();
    await post(stage, pathOf(parts), hello());
    const [{ conversationId } = { conversationId: "" }] = await until(async () => {
      const log = await logOf(shop.companyId);
      return log.length > 0 && log;
    });
    const at = `/api/agent/conversations/${conversationId}`;
    await stage.ask("POST", `${at}/take-over`, shop.owner.cookie);
    const upload = async (words: string) => {
      const headers = { ...shop.owner.cookie, "content-type": "text/plain", "x-file-name": "list.txt" };
      const response = await fetch(`${stage.url}${at}/attachments`, { method: "POST", headers, body: words });
      return ((await response.json()) as { id: string }).id;
    };
    const [sent, kept] = [await upload("for the customer"), await upload("for nobody yet")];
    const reply = { clientId: "1", text: "Here it is", attachments: [sent] };
    expect((await stage.ask("POST", `${at}/send`, shop.owner.cookie, reply)).status).toBe(201);

    const link = await until(() => fileAddress(sent));
    const open = async (address: URL) => {
      const response = await fetch(`${stage.url}${address.pathname}${address.search}`);
      return { status: response.status, text: await response.text(), headers: response.headers };
    };
    const opened = await open(link);
    expect([opened.status, opened.text]).toEqual([200, "for the customer"]);
    expect(opened.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(opened.headers.get("x-content-type-options")).toBe("nosniff");

    const end = link.searchParams.get("until") ?? "";
    const changed: Record<string, URL> = {
      "another file": new URL(link.href.replace(sent, kept)),
      "another company": new URL(link.href.replace(shop.companyId, other.companyId)),
      "a later end": new URL(link.href.replace(end, String(Number(end) + 3_600_000))),
      "an end in the past": new URL(link.href.replace(end, "1700000000000")),
      "no signature": new URL(link.href.replace(/signature=.*/, "signature=x")),
    };
    for (const [name, address] of Object.entries(changed)) {
      const refused = await open(address);
      expect([name, refused.status]).toEqual([name, 404]);
      expect(refused.text).not.toContain("for ");
    }
  });
});

const hello = () => customMessage(secret, { id: newId(), sender: { id: "kim" }, content: "Hello" });

async function aConnectedShop() {
  const shop = await stage.shop();
  const { path } = await connect(stage, shop, "custom", { secret, endpoint: receiver.url });
  const [, , , companyId = "", agentId = "", channel = "", webhookId = ""] = path.split("/");
  return { shop, parts: { companyId, agentId, channel, webhookId } };
}

function pathOf({ companyId, agentId, channel, webhookId }: Record<string, string>): string {
  return `/api/webhooks/${companyId}/${agentId}/${channel}/${webhookId}`;
}

async function deliveriesOf({ companyId }: Pick<Shop, "companyId">): Promise<number> {
  return (await read(companyId, "SELECT 1 FROM webhook_delivery")).length;
}

function fileAddress(attachmentId: string): URL | undefined {
  for (const { data } of receiver.taken.values()) {
    const files = data.attachments as { url: string }[] | undefined;
    const file = files?.find(({ url }) => url.includes(attachmentId));
    if (file !== undefined) return new URL(file.url);
  }
  return undefined;
}
