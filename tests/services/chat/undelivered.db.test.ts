import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConversationPage } from "#contracts/operator";
import { listAlerts } from "#services/notifications";
import {
  aCustomSecret,
  type ChannelStage,
  connect,
  customMessage,
  detailOf,
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

const refused = { is: "answer", status: 422 } as const;

async function aCustomer(name: string) {
  const shop = await stage.shop();
  const { path, id } = await connect(stage, shop, "custom", { secret, endpoint: receiver.url });
  const says = (content: string) =>
    post(
      stage,
      path,
      customMessage(secret, { id: crypto.randomUUID(), sender: { id: name, name }, content }),
    );
  const conversation = () =>
    until(async () => {
      const [first] = await logOf(shop.companyId);
      return first?.conversationId;
    });
  const rows = async () => {
    const page = await stage.ask<ConversationPage>(
      "GET",
      "/api/agent/conversations?view=all",
      shop.owner.cookie,
    );
    return page.body.rows;
  };
  return { shop, connectionId: id, says, conversation, rows };
}

describe("an answer that its platform does not take", () => {
  it("of the assistant calls a person, and is marked in the list", async () => {
    const { shop, says, conversation, rows } = await aCustomer("Lo");
    receiver.play(refused);
    await says("Hello");
    const id = await conversation();
    const { row, escalation } = await until(async () => {
      const detail = await detailOf(stage, shop, id);
      return detail.row.state.state === "WAITING_HUMAN" && detail;
    });
    expect(row).toMatchObject({ reason: "ai_failure", undelivered: 1 });
    expect(escalation?.packet.sentence).toContain("could not be delivered on");
    expect(await rows()).toMatchObject([{ id, undelivered: 1 }]);
  });

  it("of an operator is told to them, and no longer marked once it has arrived", async () => {
    const { shop, says, conversation, rows } = await aCustomer("Mi");
    await says("Hello");
    const id = await conversation();
    const base = `/api/agent/conversations/${id}`;
    await until(async () => (await logOf(shop.companyId)).some(({ state }) => state === "sent"));
    await stage.ask("POST", `${base}/take-over`, shop.owner.cookie);
    await until(async () => {
      const log = await logOf(shop.companyId);
      return log.length > 2 && log.every(({ state }) => state === null || state === "sent");
    });
    receiver.play(refused);
    const sent = await stage.ask<{ messageId: string }>("POST", `${base}/send`, shop.owner.cookie, {
      clientId: crypto.randomUUID(),
      text: "I am here",
    });
    expect(sent.status, sent.text).toBe(201);
    const { userId } = shop.owner.who;
    const told = () => listAlerts({ companyId: shop.companyId, userId }, { limit: 30 });
    await until(async () => (await told()).alerts.some(({ kind }) => kind === "undelivered"));
    expect(await rows()).toMatchObject([{ id, undelivered: 1 }]);

    const retried = await stage.ask(
      "POST",
      `${base}/messages/${sent.body.messageId}/retry`,
      shop.owner.cookie,
    );
    expect(retried.status, retried.text).toBeLessThan(300);
    await until(async () => (await rows())[0]?.undelivered === undefined);
  });
});

describe("a message that comes to nothing in its platform's dialect", () => {
  it("has failed with the reason, and is not called sent", async () => {
    const { shop, says, conversation } = await aCustomer("Fa");
    await says("Hello");
    const id = await conversation();
    const base = `/api/agent/conversations/${id}`;
    await until(async () => (await logOf(shop.companyId)).some(({ state }) => state === "sent"));
    await stage.ask("POST", `${base}/take-over`, shop.owner.cookie);
    const body = { clientId: crypto.randomUUID(), text: "&nbsp;" };
    expect((await stage.ask("POST", `${base}/send`, shop.owner.cookie, body)).status).toBe(201);
    const { delivery } = await until(async () => {
      const { messages } = await detailOf(stage, shop, id);
      const mine = messages.find(({ text }) => text === "&nbsp;");
      return mine?.delivery?.state !== "waiting" && mine?.delivery?.state !== "sending" && mine;
    });
    expect(delivery).toMatchObject({ state: "failed", words: expect.stringContaining("can be shown on") });
  });
});

describe("everything that a connection could not deliver", () => {
  it("leaves once more when somebody says so, in its order, and what waits for a late try too", async () => {
    const { shop, connectionId, says, conversation } = await aCustomer("Sol");
    await says("Hello");
    const id = await conversation();
    const base = `/api/agent/conversations/${id}`;
    await until(async () => (await logOf(shop.companyId)).some(({ state }) => state === "sent"));
    await stage.ask("POST", `${base}/take-over`, shop.owner.cookie);
    await until(async () => (await logOf(shop.companyId)).every(({ state }) => !state || state === "sent"));
    receiver.play(refused, refused, {
      is: "answer",
      status: 503,
      headers: { "retry-after": "600" },
    });
    for (const text of ["one", "two", "three"]) {
      const body = { clientId: crypto.randomUUID(), text };
      expect((await stage.ask("POST", `${base}/send`, shop.owner.cookie, body)).status).toBe(201);
    }
    const states = async () => (await logOf(shop.companyId)).slice(-3).map(({ state }) => state);
    await until(async () => (await states()).join() === "failed,failed,waiting");

    const at = `/api/admin/connections/${connectionId}/undelivered/retry`;
    expect((await stage.ask("POST", at, shop.owner.cookie)).status).toBe(204);
    await until(async () => (await states()).join() === "sent,sent,sent");
    const heard = [...receiver.taken.values()].map(({ data }) => data.content);
    expect(heard.slice(-3).sort()).toEqual(["one", "three", "two"]);
  });
});
