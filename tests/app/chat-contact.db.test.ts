import { afterAll, beforeAll, expect, it } from "vitest";
import { openStage, type Shop, type Stage } from "#support/stage";

let stage: Stage;
let shop: Shop;

beforeAll(async () => {
  stage = await openStage({ answers: false });
  shop = await stage.shop();
});
afterAll(() => stage.close());

type Opened = { customer: { name: string; email?: string }; messages: { text: string; audience: string }[] };

it("keeps the address a customer leaves, and tells operators once without spelling it out", async () => {
  const chat = await stage.chat(shop);
  await stage.ask("POST", `${chat.base}/escalate`, chat.auth, {});
  const leave = () =>
    stage.ask("POST", `${chat.base}/contact`, chat.auth, { name: "Kim", email: "Kim@Example.com" });
  expect(await leave()).toMatchObject({ status: 200, body: { name: "Kim", email: "kim@example.com" } });
  expect((await leave()).status).toBe(200);

  const path = `/api/agent/conversations/${chat.conversationId}`;
  const { body } = await stage.ask<Opened>("GET", path, shop.owner.cookie);

  expect(body.customer).toMatchObject({ name: "Kim", email: "kim@example.com" });
  const notes = body.messages.filter(({ audience }) => audience === "operators");
  expect(notes.map(({ text }) => text)).toEqual([expect.stringContaining("left an e-mail address")]);
  const log = await stage.ask("GET", `${chat.base}/messages`, chat.auth);
  expect(log.text).not.toContain("e-mail address");
});

it("refuses what is no address", async () => {
  const chat = await stage.chat(shop);
  const answer = await stage.ask("POST", `${chat.base}/contact`, chat.auth, { email: "kim" });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain("Please enter an e-mail address");
});
