import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CannedBody, MacroBody, ViewBody } from "#contracts/desk-tools";
import { closeDatabase, openDatabase, withCompany } from "#lib/db";
import { newId } from "#lib/ids";
import type { Staff } from "#services/accounts";
import {
  changeCanned,
  changeMacro,
  changeView,
  createCanned,
  createMacro,
  createView,
  listCanned,
  listMacros,
  listViews,
  removeCanned,
  removeMacro,
  removeView,
} from "#services/desk";
import { anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { aDesk } from "./desk-world.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 6 });
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

const canned = CannedBody.parse({ name: "refund", title: "Refund", text: "It is on its way." });
const macro = MacroBody.parse({ name: "Close", actions: [{ kind: "resolve" }] });
const view = ViewBody.parse({
  name: "Refunds",
  visibility: "shared",
  filters: { view: "all", tag: "refund" },
});

/** A company with one who shares, one colleague, and one who leads. */
async function aSharingDesk() {
  const { anna, ben, company } = await aDesk();
  return { anna, ben, lead: await anOperator(company.companyId, { name: "Li Wei", role: "admin" }) };
}

const denied = { code: "forbidden", message: expect.stringContaining("whoever made it") };

describe("what somebody has shared", () => {
  it("is used by all, and changed and removed by its maker alone", async () => {
    const { anna, ben } = await aSharingDesk();
    const [words, steps, list] = [
      await createCanned(anna, canned),
      await createMacro(anna, macro),
      await createView(anna, view),
    ];
    const kept = { anna: [words, steps, list], ben: [] as { mayChange: boolean }[] };
    kept.ben = [...(await listCanned(ben)), ...(await listMacros(ben)), ...(await listViews(ben))];
    expect([kept.anna, kept.ben].map((each) => each.map(({ mayChange }) => mayChange))).toEqual([
      [true, true, true],
      [false, false, false],
    ]);
    await expect(changeCanned(ben, words.id, { ...canned, text: "No." })).rejects.toMatchObject(denied);
    await expect(changeMacro(ben, steps.id, { ...macro, name: "Mine now" })).rejects.toMatchObject(denied);
    await expect(changeView(ben, list.id, { ...view, visibility: "personal" })).rejects.toMatchObject(denied);
    await expect(removeCanned(ben, words.id)).rejects.toMatchObject(denied);
    await expect(removeMacro(ben, steps.id)).rejects.toMatchObject(denied);
    await expect(removeView(ben, list.id)).rejects.toMatchObject(denied);
    expect((await listCanned(ben)).map(({ text }) => text)).toEqual(["It is on its way."]);

    expect((await changeCanned(anna, words.id, { ...canned, text: "Tomorrow." })).text).toBe("Tomorrow.");
    await Promise.all([removeCanned(anna, words.id), removeMacro(anna, steps.id), removeView(anna, list.id)]);
    expect([await listCanned(ben), await listMacros(ben), await listViews(ben)]).toEqual([[], [], []]);
  });

  it("is changed by those who lead too, and stays its maker's", async () => {
    const { anna, lead } = await aSharingDesk();
    const words = await createCanned(anna, canned);
    expect((await changeCanned(lead, words.id, { ...canned, title: "Money back" })).mayChange).toBe(true);
    expect((await changeCanned(anna, words.id, canned)).title).toBe("Refund");
    const steps = await createMacro(anna, macro);
    await removeMacro(lead, steps.id);
    expect(await listMacros(anna)).toEqual([]);
  });

  it("is left to those who lead once its maker is gone", async () => {
    const { anna, ben, lead } = await aSharingDesk();
    const words = await createCanned(ben, canned);
    await withCompany(anna.companyId, (tx) => tx.member.deleteMany({ where: { userId: ben.userId } }));
    await expect(removeCanned(anna, words.id)).rejects.toMatchObject({ code: "forbidden" });
    await removeCanned(lead, words.id);
    expect(await listCanned(anna)).toEqual([]);
  });

  it("is kept by a program as it was told to", async () => {
    const { anna } = await aSharingDesk();
    const { companyId } = anna;
    const sync: Staff = {
      kind: "key",
      companyId,
      keyId: newId(),
      scopes: ["conversations:write"],
      name: "sync",
    };
    const words = await createCanned(sync, canned);
    expect((await changeCanned(sync, words.id, { ...canned, text: "Soon." })).text).toBe("Soon.");
    await expect(removeCanned(anna, words.id)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("is not there for another company, whoever asks", async () => {
    const { anna } = await aSharingDesk();
    const { lead } = await aSharingDesk();
    const words = await createCanned(anna, canned);
    await expect(changeCanned(lead, words.id, canned)).rejects.toMatchObject({ code: "not_found" });
    await expect(removeCanned(lead, words.id)).rejects.toMatchObject({ code: "not_found" });
  });
});
