import { afterAll, afterEach, describe, expect, it } from "vitest";
import { teams } from "#channels/teams/channel";
import type { RemoteFile } from "#contracts/channel";
import { forget } from "#lib/registry";
import { startFakeTeams } from "#support/fake-teams";
import { account } from "./payloads/teams.ts";

const fake = await startFakeTeams(account);
const outside = fake.outside();
const { serviceUrl } = fake;

afterEach(() => {
  forget("teams.tokens");
  fake.asked.tokens = 0;
  fake.faults.length = 0;
  expect(fake.problems).toEqual([]);
});
afterAll(() => fake.close());

describe("A file of a customer", () => {
  const inline = (url: string): RemoteFile => ({
    type: "image",
    locator: { kind: "inline", url, serviceUrl },
  });
  const uploaded = (url: string): RemoteFile => ({
    type: "document",
    name: "receipt.pdf",
    locator: { kind: "uploaded", url },
  });
  const download = (file: RemoteFile) => teams.download?.(file, account, outside);

  it("is fetched from Teams with the bot's token", async () => {
    const found = await download(inline(`${serviceUrl}v3/attachments/0-weu-1/views/original`));
    expect(found).toEqual({ bytes: Buffer.from("PNG"), mediaType: "image/png", name: undefined });
  });

  it("is fetched from its own address without any token", async () => {
    const found = await download(uploaded(`${fake.url}/files/1`));
    expect(found).toMatchObject({ bytes: Buffer.from("%PDF-1.7"), name: "receipt.pdf" });
    expect(fake.asked.files.at(-1)).not.toHaveProperty("authorization");
  });

  it("is not fetched from a foreign host, where a token would be lost", async () => {
    const foreign = await startFakeTeams(account);
    const lures = [
      inline(`${foreign.serviceUrl}v3/attachments/1/views/original`),
      inline("https://smba.trafficmanager.net.evil.example/v3/attachments/1"),
      uploaded(`${foreign.url}/files/1`),
      uploaded("https://sharepoint.com.evil.example/1"),
      uploaded("http://contoso.sharepoint.com/1"),
    ];
    for (const lure of lures) {
      await expect(download(lure)).rejects.toMatchObject({ kind: "permanent", code: "foreign_host" });
    }
    await foreign.close();
    expect(foreign.asked.files).toEqual([]);
    expect(fake.asked.tokens).toBe(0);
  });

  it("is not fetched along a redirect", async () => {
    const foreign = await startFakeTeams(account);
    fake.faults.push({ status: 302, location: `${foreign.url}/files/1` });
    const asked = download(inline(`${serviceUrl}v3/attachments/1/views/original`));
    await expect(asked).rejects.toMatchObject({ kind: "permanent" });
    await foreign.close();
    expect(foreign.asked.files).toEqual([]);
  });

  it.each([
    [404, "permanent"],
    [429, "passing"],
    [503, "passing"],
  ])("that Teams answers with %i fails, and %s", async (status, kind) => {
    fake.faults.push({ status });
    const asked = download(inline(`${serviceUrl}v3/attachments/1/views/original`));
    await expect(asked).rejects.toMatchObject({ name: "DeliveryFailure", kind });
  });

  it("may be asked for again when the connection broke", async () => {
    fake.faults.push("cut");
    const asked = download(inline(`${serviceUrl}v3/attachments/1/views/original`));
    await expect(asked).rejects.toMatchObject({ kind: "passing" });
  });
});
