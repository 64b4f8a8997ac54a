import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, openDatabase, read } from "#lib/db";
import { newId } from "#lib/ids";
import { runStore } from "#services/ai";
import { append, findConversation } from "#services/conversations";
import { aConversation } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 12 });
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

async function aRun() {
  const place = await aConversation();
  const run = { id: newId(), messageId: newId() };
  const conversation = await findConversation(place, place.conversationId);
  await append(conversation, {
    now: new Date(),
    messages: [{ author: { kind: "customer" }, text: "Where is my parcel?" }],
    run,
  });
  return { ...place, runId: run.id, messageId: run.messageId };
}

async function rowOf({ companyId, runId }: { companyId: string; runId: string }) {
  const [row] = await read(companyId, "SELECT * FROM run WHERE id = $1", [runId]);
  return row;
}

describe("the runs in Postgres", () => {
  it("gives a run to one of many who want it", async () => {
    const run = await aRun();
    const claims = await Promise.all(
      Array.from({ length: 16 }, (_, holder) =>
        runStore.claim(run.companyId, run.runId, `h${holder}`, 5_000),
      ),
    );
    const won = claims.filter((claim) => claim !== undefined);
    expect(won).toHaveLength(1);
    expect(won[0]).toMatchObject({
      id: run.runId,
      fence: 1,
      state: "running",
      text: "",
      customer_seq: 1,
      detail: {},
    });
  });

  it("does not give a company another one's run", async () => {
    const run = await aRun();
    const stranger = await aConversation();
    expect(await runStore.claim(stranger.companyId, run.runId, "h", 5_000)).toBeUndefined();
    expect(await runStore.claim("not a company", run.runId, "h", 5_000)).toBeUndefined();
    expect(await runStore.requestStop(stranger.companyId, run.conversationId)).toBeUndefined();
    expect(await rowOf(run)).toMatchObject({ state: "queued" });
  });

  it("keeps the words shown with each renewal, and marks the first", async () => {
    const run = await aRun();
    const held = await runStore.claim(run.companyId, run.runId, "h", 5_000);
    if (held === undefined) throw new Error("not claimed");
    expect(await runStore.renew(held, 5_000, "")).toBe("held");
    expect(await rowOf(run)).toMatchObject({ first_token_at: null });
    expect(await runStore.renew(held, 5_000, "It's “on its way” \\ '; DROP")).toBe("held");
    const row = await rowOf(run);
    expect(row).toMatchObject({ text: "It's “on its way” \\ '; DROP" });
    expect(row?.first_token_at).toBeInstanceOf(Date);
  });

  it("takes a lapsed run from its holder, who then holds nothing", async () => {
    const run = await aRun();
    const first = await runStore.claim(run.companyId, run.runId, "a", 1);
    if (first === undefined) throw new Error("not claimed");
    await runStore.renew(first, 1, "half an answ");
    await new Promise((done) => setTimeout(done, 20));
    const swept = (await runStore.sweep("b", 1_000, 5_000, 100)).find(({ id }) => id === run.runId);
    expect(swept).toMatchObject({ fence: 2, text: "half an answ", worker: "b" });
    expect(await runStore.renew(first, 5_000, "half an answer")).toBe("lost");
    expect(await runStore.release(first)).toBe(false);
    expect(await rowOf(run)).toMatchObject({ text: "half an answ", state: "running" });
  });

  it("tells its holder when the customer wrote on, or pressed stop", async () => {
    const run = await aRun();
    const held = await runStore.claim(run.companyId, run.runId, "a", 5_000);
    if (held === undefined) throw new Error("not claimed");
    expect(await runStore.requestStop(run.companyId, run.conversationId)).toMatchObject({
      id: run.runId,
      state: "running",
    });
    expect(await runStore.renew(held, 5_000, "")).toBe("stop");
    const renamed = await runStore.reissue(held, { runId: newId(), messageId: newId() });
    expect(renamed?.detail.stopRequested).toBe(renamed?.id);
    const conversation = await findConversation(run, run.conversationId);
    await append(conversation, {
      now: new Date(),
      messages: [{ author: { kind: "customer" }, text: "Hello?" }],
    });
    expect(renamed && (await runStore.renew(renamed, 5_000, ""))).toBe("lost");
    expect(await runStore.requestStop(run.companyId, run.conversationId)).toBeUndefined();
  });

  it("gives back, begins anew under new ids, and gives up", async () => {
    const run = await aRun();
    const held = await runStore.claim(run.companyId, run.runId, "a", 5_000);
    if (held === undefined) throw new Error("not claimed");
    expect(await runStore.release(held)).toBe(true);
    const again = await runStore.claim(run.companyId, run.runId, "b", 5_000);
    if (again === undefined) throw new Error("not claimed again");
    expect(again.fence).toBe(2);
    const ids = { runId: newId(), messageId: newId() };
    const renamed = await runStore.reissue(again, ids);
    expect(renamed).toMatchObject({ id: ids.runId, message_id: ids.messageId, fence: 2, state: "running" });
    expect(await runStore.renew(again, 5_000, "late words")).toBe("lost");
    if (renamed === undefined) throw new Error("not renamed");
    await runStore.giveUp(renamed);
    expect(await rowOf({ ...run, runId: ids.runId })).toMatchObject({ state: "interrupted", text: "" });
  });
});
