import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { forget } from "#lib/registry";
import { closeRateLimits } from "#services/rate-limit";
import { openStage, type Shop, type Stage } from "#support/stage";

let stage: Stage;
let shop: Shop;

beforeAll(async () => {
  stage = await openStage({ answers: false });
  shop = await stage.shop();
});
beforeEach(() => narrow({ COMPANY: "1000", SESSION: "1000", IP: "1000" }));
afterAll(() => stage.close());

describe("customers who flood a company", () => {
  it("do not keep its operators from their work", async () => {
    const chats = await Promise.all([stage.chat(shop), stage.chat(shop), stage.chat(shop)]);
    await narrow({ COMPANY: "20", SESSION: "30", IP: "1000" });
    const answers = [];
    for (let n = 0; n < 10; n += 1) {
      for (const { base, auth } of chats)
        answers.push(await stage.ask("POST", `${base}/typing`, auth, { typing: true }));
    }
    expect(answers.at(-1)?.status).toBe(429);
    expect((await stage.ask("GET", "/api/agent/conversations", shop.owner.cookie)).status).toBe(200);
    expect((await stage.ask("GET", "/api/agent/conversations", shop.key)).status).toBe(200);
  });

  it("from one address cannot use up what all its customers share", async () => {
    const chats = await Promise.all([stage.chat(shop), stage.chat(shop), stage.chat(shop)]);
    await narrow({ COMPANY: "1000", SESSION: "30", IP: "10" });
    const answers = [];
    for (let n = 0; n < 20; n += 1) {
      for (const { base, auth } of chats)
        answers.push(await stage.ask("POST", `${base}/typing`, auth, { typing: true }));
    }
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(40);
  });

  it("from one address cannot fill the disk through many sessions", async () => {
    const chats = await Promise.all(Array.from({ length: 5 }, () => stage.chat(shop)));
    await narrow({ COMPANY: "1000", SESSION: "30", IP: "50" });
    const statuses = [];
    for (let n = 0; n < 25; n += 1) {
      const { base, auth = {} } = chats[n % 5] ?? {};
      const headers = { ...auth, "content-type": "text/plain", "x-file-name": "a.txt" };
      const upload = await fetch(`${stage.url}${base}/attachments`, {
        method: "POST",
        headers,
        body: "words",
      });
      statuses.push(upload.status);
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(10);
  });
});

/** Limits as small as this, counted from now on. */
async function narrow(limits: Record<string, string>): Promise<void> {
  for (const [name, most] of Object.entries(limits)) process.env[`RATE_${name}_PER_MINUTE`] = most;
  forget("env");
  await closeRateLimits();
}
