import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

const kim = { id: "kim", name: "Kim" };
const said = () => [...receiver.taken.values()].map(({ data }) => data);

describe("a customer who writes from a company's own system", () => {
  it("is answered by the assistant, served by a person, and handed back", async () => {
    const shop = await stage.shop();
    const { path } = await connect(stage, shop, "custom", { secret, endpoint: receiver.url });
    const say = (id: string, content: string) =>
      post(stage, path, customMessage(secret, { id, sender: kim, content }));

    expect(await say("1", "Hello")).toBe(200);
    await until(() => said().length === 1);
    expect(said()[0]).toMatchObject({ author: "agent", conversation: "kim" });

    expect(await say("2", "I want to talk to a human being now")).toBe(200);
    const offered = await until(() =>
      said().find(({ content }) => String(content).includes("Talk to a person")),
    );
    expect(offered).toBeDefined();
    expect(await say("3", "Talk to a person")).toBe(200);
    await until(() => said().find(({ content }) => String(content).includes("please wait")));

    const [{ conversationId } = { conversationId: "" }] = await logOf(shop.companyId);
    const base = `/api/agent/conversations/${conversationId}`;
    expect((await stage.ask("POST", `${base}/accept`, shop.owner.cookie)).status).toBe(200);
    const reply = { clientId: "reply-1", text: "**Ada** here, how can I help?" };
    expect((await stage.ask("POST", `${base}/send`, shop.owner.cookie, reply)).status).toBe(201);
    const served = await until(() => said().find(({ author }) => author === "operator"));
    expect(served.content).toBe("**Ada** here, how can I help?");

    expect(
      (await stage.ask("POST", `${base}/handover`, shop.owner.cookie, { to: { kind: "ai" } })).status,
    ).toBe(200);
    const before = said().length;
    expect(await say("4", "Thanks!")).toBe(200);
    await until(() => said().length > before + 1);

    const log = await logOf(shop.companyId);
    expect(log.filter(({ author }) => author === "customer").map(({ text }) => text)).toEqual([
      "Hello",
      "I want to talk to a human being now",
      "Talk to a person",
      "Thanks!",
    ]);
    await until(async () =>
      (await logOf(shop.companyId)).every(({ state }) => state === null || state === "sent"),
    );
    const ours = (await logOf(shop.companyId)).filter(({ state }) => state !== null);
    expect(said().map(({ content }) => content)).toEqual(
      ours.map(({ text }) => expect.stringContaining(text)),
    );
  });
});
