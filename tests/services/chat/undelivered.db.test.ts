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
const comeLater = { is: "answer", status: 503, headers: { "retry-after": "600" } } as const;

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

/** A customer whom an operator serves, all of whose messages so far have arrived. */
async function served(name: string) {
  const customer = await aCustomer(name);
  const { shop, says, conversation } = customer;
  await says("Hello");
  const id = await conversation();
  const base = `/api/agent/conversations/${id}`;
  await until(async () => (await logOf(shop.companyId)).some(({ state }) => state === "sent"));
  await stage.ask("POST", `${base}/take-over`, shop.owner.cookie);
  await until(async () => {
    const log = await logOf(shop.companyId);
    return log.length > 2 && log.every(({ state }) => state === null || state === "sent");
  });
  const before = receiver.tries.length;
  return {
    ...customer,
    id,
    /** Says it as the operator, and answers the message's id. */
    async send(text: string) {
      const body = { clientId: crypto.randomUUID(), text };
      const sent = await stage.ask<{ messageId: string }>("POST", `${base}/send`, shop.owner.cookie, body);
      expect(sent.status, sent.text).toBe(201);
      return sent.body.messageId;
    },
    async sendAgain(messageId: string) {
      const retried = await stage.ask("POST", `${base}/messages/${messageId}/retry`, shop.owner.cookie);
      expect(retried.status, retried.text).toBeLessThan(300);
    },
    /** How often the receiver was tried since. */
    tries: () => receiver.tries.length - before,
    /** What became of the last messages, the oldest first. */
    async states(count: number) {
      const last = (await logOf(shop.companyId)).slice(-count);
      return last.map(({ state }) => state).join();
    },
  };
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
    const { id, shop, rows, send, sendAgain } = await served("Mi");
    receiver.play(refused);
    const messageId = await send("I am here");
    const { userId } = shop.owner.who;
    const told = () => listAlerts({ companyId: shop.companyId, userId }, { limit: 30 });
    await until(async () => (await told()).alerts.some(({ kind }) => kind === "undelivered"));
    expect(await rows()).toMatchObject([{ id, undelivered: 1 }]);

    await sendAgain(messageId);
    await until(async () => (await rows())[0]?.undelivered === undefined);
  });
});

describe("a message that comes to nothing in its platform's dialect", () => {
  it("has failed with the reason, and is not called sent", async () => {
    const { id, shop, send } = await served("Fa");
    await send("&nbsp;");
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
    const { connectionId, shop, send, tries, states } = await served("Sol");
    receiver.play(refused, refused, comeLater);
    for (const text of ["one", "two", "three"]) await send(text);
    await until(async () => tries() === 3 && (await states(3)) === "failed,failed,waiting");

    const all = `/api/admin/connections/${connectionId}/undelivered/retry`;
    expect((await stage.ask("POST", all, shop.owner.cookie)).status).toBe(204);
    await until(async () => (await states(3)) === "sent,sent,sent");
    const heard = [...receiver.taken.values()].map(({ data }) => data.content);
    expect(heard.slice(-3)).toEqual(["one", "two", "three"]);
  });

  it("is not put off by a later message that has to wait, and was being sent in that moment", async () => {
    const { send, sendAgain, tries, states } = await served("Ida");
    receiver.play(refused, { ...comeLater, afterMs: 500 });
    const first = await send("one");
    await send("two");
    await until(async () => tries() === 2 && (await states(2)) === "failed,sending");

    await sendAgain(first);
    await until(async () => (await states(2)) === "sent,waiting");
  });
});
