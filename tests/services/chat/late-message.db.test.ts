import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read } from "#lib/db";
import { newId } from "#lib/ids";
import { receive } from "#services/chat";
import { openConnection } from "#services/connections";
import { type ChannelStage, connect, detailOf, openChannelStage } from "#support/channel-stage";
import { settingsOf } from "#support/every-platform";

const hour = 60 * 60_000;
let stage: ChannelStage;
beforeAll(async () => {
  stage = await openChannelStage();
});
afterAll(() => stage.close());

async function aCustomer() {
  const shop = await stage.shop();
  const { id } = await connect(stage, shop, "whatsapp", settingsOf("mark").whatsapp);
  const connection = await openConnection(shop.companyId, id);
  const now = new Date();
  const says = (hoursAgo: number) =>
    receive(
      connection,
      {
        kind: "message",
        externalId: newId(),
        thread: { key: "49151", kind: "direct", address: { to: "49151" } },
        senderId: "49151",
        senderName: "Kim",
        content: "Hello",
        contentType: "text",
        timestamp: new Date(now.getTime() - hoursAgo * hour),
      },
      now,
    );
  /** For how many hours more a person may answer, as the composer shows it. */
  const hoursLeft = async () => {
    const [thread] = await read<{ id: string }>(shop.companyId, "SELECT conversation_id AS id FROM thread");
    const { channel } = await detailOf(stage, shop, thread?.id ?? "");
    return Math.round((Date.parse(channel?.replyUntil ?? "") - now.getTime()) / hour);
  };
  return { says, hoursLeft };
}

describe("how long a customer may be answered", () => {
  it("counts from when they wrote, where their message was held up", async () => {
    const { says, hoursLeft } = await aCustomer();
    await says(10);
    expect(await hoursLeft()).toBe(14);
    await says(20);
    expect(await hoursLeft()).toBe(14);
    await says(30);
    expect(await hoursLeft()).toBe(14);
  });

  it("counts anew from what they write now, and never from what is still to come", async () => {
    const { says, hoursLeft } = await aCustomer();
    await says(23);
    expect(await hoursLeft()).toBe(1);
    await says(0);
    expect(await hoursLeft()).toBe(24);
    await says(-5);
    expect(await hoursLeft()).toBe(24);
  });

  it("counts from now where the platform's moment cannot be believed", async () => {
    const { says, hoursLeft } = await aCustomer();
    await says(24 * 365);
    expect(await hoursLeft()).toBe(24);
  });
});
