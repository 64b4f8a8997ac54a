import { afterAll, beforeAll, expect, it } from "vitest";
import type { SessionView } from "#contracts/chat";
import type { ConversationDetail } from "#contracts/operator";
import { openStage, type Shop, type Stage } from "#support/stage";

let stage: Stage;
let shop: Shop;

beforeAll(async () => {
  stage = await openStage({ answers: false });
  shop = await stage.shop();
});
afterAll(() => stage.close());

const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";

type Visit = { timeZone: string; userAgent: string; token?: string | undefined };

async function opens({ timeZone, userAgent, token }: Visit): Promise<SessionView> {
  const headers = { "user-agent": userAgent, ...(token && { authorization: `Bearer ${token}` }) };
  const body = { agentId: shop.agentId, timeZone };
  const opened = await stage.ask<SessionView>("POST", "/api/chat/session", headers, body);
  expect(opened.status).toBe(201);
  return opened.body;
}

async function customerOf({ conversationId }: SessionView) {
  const path = `/api/agent/conversations/${conversationId}`;
  return (await stage.ask<ConversationDetail>("GET", path, shop.owner.cookie)).body.customer;
}

it("shows operators where a customer's browser stands and what it is called, and follows it when they come back", async () => {
  const session = await opens({ timeZone: "Asia/Kathmandu", userAgent: firefox });
  expect(await customerOf(session)).toMatchObject({
    timeZone: "Asia/Kathmandu",
    device: "Firefox on Windows",
  });
  await opens({ timeZone: "Europe/Berlin", userAgent: iphone, token: session.token });
  expect(await customerOf(session)).toMatchObject({ timeZone: "Europe/Berlin", device: "Safari on iPhone" });
});

it("opens the chat all the same where the browser names a time zone that there is not", async () => {
  const session = await opens({ timeZone: "Middle-earth/Shire", userAgent: firefox });
  const { timeZone, device } = await customerOf(session);
  expect([timeZone, device]).toEqual([undefined, "Firefox on Windows"]);
});
