import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read } from "#lib/db";
import { newId } from "#lib/ids";
import {
  aCustomSecret,
  type ChannelStage,
  type Connected,
  connect,
  customMessage,
  openChannelStage,
  post,
} from "#support/channel-stage";
import type { Shop } from "#support/stage";

const secret = aCustomSecret();
let stage: ChannelStage;
beforeAll(async () => {
  stage = await openChannelStage();
  await stage.stopJobs();
});
afterAll(() => stage.close());

async function connected(): Promise<{ shop: Shop } & Connected> {
  const shop = await stage.shop();
  return { shop, ...(await connect(stage, shop, "custom", { secret, endpoint: "https://example.com/" })) };
}

const send = ({ path }: Connected, content: string) =>
  post(stage, path, customMessage(secret, { id: newId(), sender: { id: "kim" }, content }));

async function stored({ companyId }: Shop): Promise<string[]> {
  const rows = await read<{ body: Buffer }>(
    companyId,
    "SELECT body FROM webhook_delivery WHERE company_id = $1 ORDER BY n",
    [companyId],
  );
  return rows.map(({ body }) => JSON.parse(body.toString()).data.content);
}

describe("deliveries of several companies that come at once", () => {
  it("are each stored with their own, and one that cannot be stored takes none along", async () => {
    const [one, other, gone] = await Promise.all([connected(), connected(), connected()]);
    const numbers = Array.from({ length: 20 }, (_, n) => `number ${n}`);

    const storm = numbers.flatMap((content) => [
      send(one, content),
      send(other, content),
      send(gone, content),
    ]);
    const removed = stage.ask("DELETE", `/api/admin/connections/${gone.id}`, gone.shop.owner.cookie);
    const statuses = await Promise.all(storm);

    expect((await removed).status).toBe(204);
    const of = (nth: number) => statuses.filter((_, n) => n % 3 === nth);
    expect([...of(0), ...of(1)].filter((status) => status !== 200)).toEqual([]);
    expect((await stored(one.shop)).toSorted()).toEqual(numbers.toSorted());
    expect((await stored(other.shop)).toSorted()).toEqual(numbers.toSorted());
    expect(await stored(gone.shop)).toEqual([]);
  });
});
