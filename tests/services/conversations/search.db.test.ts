import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SearchQuery } from "#contracts/search";
import { closeDatabase, openDatabase, withCompany } from "#lib/db";
import { changeTags, mergeContacts, search, setContactAttributes } from "#services/conversations";
import { aCompany, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import {
  allPages,
  type Company,
  found,
  foundIds,
  indexed,
  manyHolding,
  said,
  saidIn,
} from "./search-desk.ts";

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 6 });
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

describe("searching conversations", () => {
  it("finds those in which every word stands, in whatever message, case and accent", async () => {
    const company = await aCompany();
    const both = await said(company, "Where is my Refund?");
    await saidIn(company, both.conversationId, "The café on Lindenstraße", { kind: "operator" });
    await said(company, "Refund, now!");
    await indexed();
    expect(await foundIds(company, { q: "CAFE refund" })).toEqual([both.conversationId]);
    expect(await foundIds(company, { q: "lindenstrasse" })).toEqual([both.conversationId]);
  });

  it("takes the last word as begun, and puts whole words before begun ones, then the newest first", async () => {
    const company = await aCompany();
    const older = await said(company, "one refund", { minutesAgo: 50 });
    const begun = await said(company, "two refunds", { minutesAgo: 1 });
    const newer = await said(company, "a refund", { minutesAgo: 20 });
    await indexed();
    const [a, b, c] = [newer.conversationId, older.conversationId, begun.conversationId];
    expect(await foundIds(company, { q: "refund" })).toEqual([a, b, c]);
    expect(await foundIds(company, { q: "refu" })).toEqual([c, a, b]);
    expect(await foundIds(company, { q: "refu one" })).toEqual([]);
  });

  it("finds the customer's name and address, and what colleagues noted, but no line of the system", async () => {
    const company = await aCompany();
    const kim = await said(company, "Hello there", {
      name: "Kim Søndergård",
      email: "kim@lighthouse.example",
    });
    await saidIn(company, kim.conversationId, "Customer of the harbour fair", {
      kind: "operator",
      audience: "operators",
    });
    await indexed();
    for (const q of ["sondergard", "kim@lighthouse.example", "harbour"])
      expect([q, await foundIds(company, { q })]).toEqual([q, [kim.conversationId]]);
    const byName = await found(company, { q: "lighthouse" });
    expect(byName.kind === "conversations" && byName.hits[0]?.message).toBeUndefined();
  });

  it("marks where the words stand, by offsets into plain text", async () => {
    const company = await aCompany();
    const long = `${"Nothing to see here. ".repeat(30)}My parcel was torn <b>open</b>, and the parcels before it too.`;
    await said(company, long, { name: "Parcel Service" });
    await indexed();
    const page = await found(company, { q: "open parcel" });
    if (page.kind !== "conversations") throw new Error("contacts");
    const { name, message } = page.hits[0] ?? {};
    const { text = "", marks = [] } = message?.excerpt ?? {};
    expect(text).toContain("<b>open</b>");
    expect(marks.map(({ start, end }) => text.slice(start, end))).toEqual(["parcel", "open", "parcels"]);
    expect(name?.marks.map(({ start, end }) => name.text.slice(start, end))).toEqual(["Parcel"]);
  });

  it("finds words of scripts without spaces", async () => {
    const company = await aCompany();
    const japanese = await said(company, "注文した商品がまだ届きません");
    await indexed();
    expect(await foundIds(company, { q: "商品" })).toEqual([japanese.conversationId]);
  });

  it("narrows what it finds", async () => {
    const company = await aCompany();
    const who = await anOperator(company.companyId);
    const tagged = await said(company, "broken lamp");
    await said(company, "broken chair");
    await changeTags(who, tagged.conversationId, { add: ["vip"], remove: [] });
    await indexed();
    expect(await foundIds(company, { q: "broken", tag: "vip" })).toEqual([tagged.conversationId]);
    expect(await foundIds(company, { q: "broken", channel: "whatsapp" })).toEqual([]);
  });

  it("finds nothing of another company", async () => {
    const [mine, theirs] = [await aCompany(), await aCompany()];
    await said(theirs, "our secret plan", { name: "Sesam" });
    await indexed();
    expect(await foundIds(mine, { q: "secret" })).toEqual([]);
    expect(await foundIds(mine, { q: "sesam", kind: "contacts" })).toEqual([]);
  });

  it("forgets the words of what is erased, and finds a renamed customer by the new name alone", async () => {
    const company = await aCompany();
    const who = await anOperator(company.companyId);
    const gone = await said(company, "erase me");
    const renamed = await said(company, "rename me, Zoe", { name: "Oldname" });
    await indexed();
    await withCompany(company.companyId, (tx) =>
      tx.conversation.deleteMany({ where: { id: gone.conversationId } }),
    );
    await setContactAttributes(who, renamed.contactId, { name: "Newname" });
    await indexed();
    expect(await foundIds(company, { q: "erase" })).toEqual([]);
    expect(await foundIds(company, { q: "oldname" })).toEqual([]);
    expect(await foundIds(company, { q: "newname" })).toEqual([renamed.conversationId]);
    expect(await foundIds(company, { q: "zoe" })).toEqual([renamed.conversationId]);
  });

  it("finds a merged customer's conversations under the name that stays", async () => {
    const company = await aCompany();
    const who = await anOperator(company.companyId);
    const first = await said(company, "from the web", { name: "Webname" });
    const second = await said(company, "from the phone", { name: "Phonename" });
    await mergeContacts(who, first.contactId, second.contactId);
    await indexed();
    expect((await foundIds(company, { q: "phonename" })).toSorted()).toEqual(
      [first.conversationId, second.conversationId].toSorted(),
    );
    expect(await foundIds(company, { q: "webname" })).toEqual([]);
  });

  it.each(["", "   ", "the", "…", "\u{1F600}", "%_\\", "a".repeat(200), "' OR 1=1 --", '{"a":1}'])(
    "answers %j without falling over",
    async (q) => {
      const company = await aCompany();
      expect((await search(company, SearchQuery.parse({ q }))).hits).toEqual([]);
    },
  );
});

describe("pages of what is found", () => {
  const words = ["refund", "refunds", "refunded", "parcel", "lamp"];

  it("show each once and all, in the order of one long page, whatever their length and order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.subarray(words, { minLength: 1 }), { minLength: 1, maxLength: 14 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom("refund", "re", "parcel refund", "lamp", "refund lamp"),
        async (texts, limit, q) => {
          const company = await aCompany();
          for (const [n, text] of texts.entries()) await said(company, text.join(" "), { minutesAgo: n * 3 });
          await indexed();
          const whole = await foundIds(company, { q, limit: 50 });
          const paged = await allPages(company, { q, limit });
          expect(paged).toEqual(whole);
          expect(new Set(whole).size).toBe(whole.length);
          const terms = q.split(" ");
          const last = terms.at(-1) ?? "";
          const holding = texts.filter(
            (text) =>
              terms.slice(0, -1).every((term) => text.includes(term)) &&
              text.some((word) => word.startsWith(last)),
          );
          expect(whole).toHaveLength(holding.length);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("find all that there is of common words too, however they meet or miss each other", async () => {
    const company = await aCompany();
    const ids = await manyHolding(company, 3_200, (n) => [
      "common",
      `prefix${n % 40}`,
      ...(n < 2_150 ? ["early"] : ["late"]),
      ...(n === 3_199 ? ["needle"] : []),
    ]);
    const holding = (test: (n: number) => boolean) => ids.filter((_, n) => test(n));
    const cases: [string, (n: number) => boolean][] = [
      ["common", () => true],
      ["comm", () => true],
      ["common late", (n) => n >= 2_150],
      ["early late", () => false],
      ["common needle", (n) => n === 3_199],
      ["prefix", () => true],
      ["late prefix3", (n) => n >= 2_150 && `${n % 40}`.startsWith("3")],
    ];
    for (const [q, test] of cases) {
      const pages = await allPages(company, { q, limit: 50 });
      expect([q, pages.length, new Set(pages).size]).toEqual([q, holding(test).length, pages.length]);
      if (q !== "late prefix3") expect([q, pages]).toEqual([q, holding(test)]);
    }
  }, 60_000);

  it("refuse a marker that is not theirs", async () => {
    const company = await aCompany();
    for (const cursor of [
      "eyJhIjoxfQ",
      "WzEsMiwzXQ",
      Buffer.from('[9,"2026-01-01T00:00:00.000Z","x"]').toString("base64url"),
    ])
      await expect(found(company, { q: "lamp", cursor })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("searching contacts", () => {
  it("finds them by name and address, whether or not they have written", async () => {
    const company = await aCompany();
    const ada = await said(company, "hi", { name: "Ada Lovelace", email: "ada@analytical.example" });
    await indexed();
    for (const q of ["love", "ada lovelace", "analytical", "ADA@analytical.example"])
      expect([q, await foundIds(company, { q, kind: "contacts" })]).toEqual([q, [ada.contactId]]);
    const page = await found(company, { q: "love", kind: "contacts" });
    const [hit] = page.kind === "contacts" ? page.hits : [];
    expect(hit?.name).toEqual({ text: "Ada Lovelace", marks: [{ start: 4, end: 12 }] });
    expect(hit?.contact.channels).toEqual(["web"]);
  });
});

describe("reading what waits for its words", () => {
  it("loses and doubles nothing when two read at once while customers write", async () => {
    const company: Company = await aCompany();
    const made: string[] = [];
    await Promise.all([
      ...Array.from({ length: 12 }, async (_, n) => {
        const { conversationId } = await said(company, `concurrent lamp number${n}`);
        made.push(conversationId);
        await saidIn(company, conversationId, `and a chair${n}`);
      }),
      ...Array.from({ length: 4 }, indexed),
    ]);
    await Promise.all([indexed(), indexed()]);
    expect((await foundIds(company, { q: "concurrent", limit: 50 })).toSorted()).toEqual(made.toSorted());
    expect(await foundIds(company, { q: "number7 chair7" })).toHaveLength(1);
  });
});
