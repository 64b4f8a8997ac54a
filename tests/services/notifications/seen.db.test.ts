import { afterAll, beforeAll, expect, it } from "vitest";
import { jobHandlers } from "#services/chat";
import { readStream } from "#support/api";
import { jobsOf } from "#support/desk";
import { until } from "#support/readers";
import { openStage, type Shop, type Stage } from "#support/stage";

let stage: Stage;
let shop: Shop;

beforeAll(async () => {
  stage = await openStage({ answers: false });
  shop = await stage.shop();
});
afterAll(() => stage.close());

type Desk = { operators: { id: string; status: string }[] };

async function status(): Promise<string | undefined> {
  const { body } = await stage.ask<Desk>("GET", "/api/admin/operators", shop.owner.cookie);
  return body.operators.find(({ id }) => id === shop.owner.who.userId)?.status;
}

it("keeps who is here by their open windows, as they chose to be", async () => {
  expect(await status()).toBe("offline");
  const stream = await readStream(`${stage.url}/api/agent/stream`, shop.owner.cookie);
  await until("the operator is here", async () => (await status()) === "online");
  await stage.ask("POST", "/api/agent/presence", shop.owner.cookie, { status: "away" });
  await until("the operator is away", async () => (await status()) === "away");
  stream.close();
});

it("gives a customer to an operator as soon as they open their window", async () => {
  const routing = { mode: "automatic" };
  expect((await stage.ask("PUT", "/api/admin/routing", shop.owner.cookie, routing)).status).toBe(200);
  const colleague = await stage.colleague(shop);
  const chat = await stage.chat(shop);
  await stage.ask("POST", `${chat.base}/escalate`, chat.auth, {});
  const work = async () => {
    for (const { payload } of await jobsOf("desk.route")) await jobHandlers["desk.route"]?.(payload);
  };
  await work();
  const stream = await readStream(`${stage.url}/api/agent/stream`, colleague.cookie);
  type Opened = { row: { state: { operator?: { id: string } } } };
  const holder = async () => {
    const path = `/api/agent/conversations/${chat.conversationId}`;
    const { body } = await stage.ask<Opened>("GET", path, shop.owner.cookie);
    return body.row.state.operator?.id;
  };
  await until("it is given to whoever came", async () => {
    await work();
    return (await holder()) === colleague.who.userId;
  });
  stream.close();
});
