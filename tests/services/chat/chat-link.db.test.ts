import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SessionView } from "#contracts/chat";
import { withCompany } from "#lib/db";
import { chatLink } from "#services/chat";
import { type Chat, openStage, type Shop, type Stage } from "#support/stage";

let stage: Stage;
let shop: Shop;
let chat: Chat;
const address = "kim@example.com";

beforeAll(async () => {
  stage = await openStage({ answers: false });
  shop = await stage.shop();
});
afterAll(() => stage.close());
beforeEach(async () => {
  chat = await stage.chat(shop);
  await stage.ask("POST", `${chat.base}/contact`, chat.auth, { email: address });
});

const linkOf = (to = address, now = new Date()) => {
  const { companyId, agentId } = shop;
  const link = new URL(
    chatLink({ companyId, agentId, conversationId: chat.conversationId, address: to }, now),
  );
  return { link, resume: new URLSearchParams(link.hash.slice(1)).get("resume") ?? "" };
};
const open = (resume: string, agentId = shop.agentId) =>
  stage.ask<SessionView>("POST", "/api/chat/session", {}, { agentId, resume });
const day = 24 * 60 * 60_000;

describe("a letter's link", () => {
  it("opens its conversation in a browser that does not know it, and both go on in it", async () => {
    await stage.ask("POST", `${chat.base}/message`, chat.auth, { clientId: "first", text: "Hello?" });
    const { status, body } = await open(linkOf().resume);
    expect(status).toBe(201);
    expect(body.conversationId).toBe(chat.conversationId);
    expect(body.snapshot.messages.map(({ text }) => text)).toContain("Hello?");
    const there = { authorization: `Bearer ${body.token}` };
    const sent = await stage.ask("POST", `/api/chat/${body.sessionId}/message`, there, {
      clientId: "second",
      text: "I am on my phone now.",
    });
    expect(sent.status).toBeLessThan(300);
    const here = await stage.ask("GET", `${chat.base}/messages?limit=50`, chat.auth);
    expect(here.text).toContain("I am on my phone now.");
  });

  it("holds what opens it behind the #, and no secret of a session", () => {
    const { link } = linkOf();
    expect(link.pathname + link.search).toBe(`/widget/${shop.agentId}`);
    expect(link.href).not.toContain(chat.token);
  });

  it("opens one conversation alone, and none of the customer's other topics", async () => {
    await stage.ask("POST", `${chat.base}/topics`, chat.auth, { name: "Repairs" });
    const { body } = await open(linkOf().resume);
    expect(body.topics.map(({ name }) => name)).toEqual(["General"]);
    const there = { authorization: `Bearer ${body.token}` };
    const other = await stage.ask("GET", `/api/chat/${body.sessionId}/messages?topic=Repairs`, there);
    expect(other.status).toBe(404);
  });

  it("opens nothing once it has expired, nor in another's hands", async () => {
    const { resume } = linkOf();
    const [id, expires, signature = ""] = resume.split(".");
    const other = await stage.shop();
    const refused = [
      await open(linkOf(address, new Date(Date.now() - 15 * day)).resume),
      await open(`${id}.${expires}z.${signature}`),
      await open(`${id}.${expires}.${signature.replace(/^./, (first) => (first === "A" ? "B" : "A"))}`),
      await open(resume, other.agentId),
      await open("nonsense"),
      await open("x".repeat(300)),
    ];
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 400]);
    for (const { text } of refused) expect(text).not.toContain("token");
  });

  it("opens nothing once the customer has another address", async () => {
    const { resume } = linkOf();
    await withCompany(shop.companyId, (tx) =>
      tx.contact.updateMany({ where: { email: address }, data: { email: "other@example.com" } }),
    );
    expect((await open(resume)).status).toBe(404);
  });
});
