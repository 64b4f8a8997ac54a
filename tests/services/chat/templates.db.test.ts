import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import { type ChannelStage, connect, openChannelStage } from "#support/channel-stage";
import { account, type FakeGraph, startFakeGraph } from "#support/fake-graph";
import type { Shop } from "#support/stage";

let fake: FakeGraph;
let stage: ChannelStage;
beforeAll(async () => {
  fake = await startFakeGraph();
  stage = await openChannelStage({ META_GRAPH_BASE_URL: fake.url });
  const components = [{ type: "BODY", text: "Hi {{1}}, still there?" }];
  fake.templates.push({ name: "still_there", language: "en", status: "APPROVED", components });
});
afterAll(async () => {
  await stage.close();
  await fake.close();
});

const whatsapp = {
  phoneNumberId: account.phoneNumberId,
  businessAccountId: account.businessAccountId,
  accessToken: account.token,
  appSecret: account.appSecret,
  verifyToken: "a-verify-token",
};

/** A conversation of this shop at a connection, as a first message would have made it. */
async function talk({ companyId, agentId }: Shop, channel: "whatsapp" | "custom", connectionId: string) {
  const [contactId, threadId, id] = [newId(), newId(), newId()];
  await withCompany(companyId, async (tx) => {
    await tx.contact.create({ data: { id: contactId, companyId, name: "Kim" } });
    await tx.conversation.create({ data: { id, companyId, agentId, contactId, channel, threadId } });
    const place = { companyId, connectionId, contactId, conversationId: id };
    const address = { to: "16505550100" };
    await tx.thread.create({ data: { ...place, id: threadId, key: threadId, kind: "direct", address } });
  });
  return `/api/agent/conversations/${id}`;
}

async function onWhatsApp() {
  const shop = await stage.shop();
  const { id } = await connect(stage, shop, "whatsapp", whatsapp);
  return { shop, conversation: await talk(shop, "whatsapp", id) };
}

describe("the templates of a conversation", () => {
  it("are its platform's own", async () => {
    const { shop, conversation } = await onWhatsApp();
    const { cookie } = await stage.colleague(shop);

    const { status, body } = await stage.ask("GET", `${conversation}/templates`, cookie);

    expect(status).toBe(200);
    expect(body).toEqual({
      templates: [{ name: "still_there", language: "en", body: "Hi {{1}}, still there?", values: 1 }],
    });
  });

  it("are refused in words where the platform does not tell them, and the token stays unsaid", async () => {
    const { shop, conversation } = await onWhatsApp();
    fake.meets({ status: 401, code: 190 }, { status: 502 });

    const revoked = await stage.ask("GET", `${conversation}/templates`, shop.owner.cookie);
    const away = await stage.ask("GET", `${conversation}/templates`, shop.owner.cookie);

    expect(revoked).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringMatching(/connect the channel again/) } },
    });
    expect(away).toMatchObject({
      status: 503,
      body: { error: { message: "WhatsApp does not answer right now." } },
    });
    expect(revoked.text + away.text).not.toContain(account.token);
  });

  it("are none on a platform that has none, and in the web chat", async () => {
    const shop = await stage.shop();
    const { id } = await connect(stage, shop, "custom", { endpoint: "https://shop.example/baton" });
    const conversation = await talk(shop, "custom", id);
    const chat = await stage.chat(shop);
    const web = `/api/agent/conversations/${chat.conversationId}`;

    for (const place of [conversation, web]) {
      const { status } = await stage.ask("GET", `${place}/templates`, shop.owner.cookie);
      expect([place, status]).toEqual([place, 400]);
    }
  });

  it("are hidden from another company", async () => {
    const { conversation } = await onWhatsApp();
    const other = await stage.shop();
    const asked = fake.calls.length;

    const { status } = await stage.ask("GET", `${conversation}/templates`, other.owner.cookie);

    expect(status).toBe(404);
    expect(fake.calls.length).toBe(asked);
  });
});

describe("what an operator's window knows", () => {
  it("says how long a button may be, and on which channels the customer writes", async () => {
    const { shop, conversation } = await onWhatsApp();

    const { body } = await stage.ask("GET", conversation, shop.owner.cookie);

    expect(body).toMatchObject({
      customer: { channels: ["whatsapp"] },
      channel: { buttons: 10, buttonLength: 20 },
    });
  });
});
