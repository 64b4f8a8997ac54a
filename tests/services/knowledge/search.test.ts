import { describe, expect, it } from "vitest";
import { articleSearch } from "#services/knowledge";
import { growth, linear } from "#support/growth";

const search = articleSearch([
  { id: "refunds", title: "Refunds", body: "We refund within five days after your return has arrived." },
  {
    id: "login",
    title: "Sign in",
    body: "Use your email address and your password. Reset a forgotten password here.",
  },
  {
    id: "shipping",
    title: "Delivery",
    body: "A parcel takes two days. Express delivery arrives the next day.",
  },
  { id: "invoices", title: "Invoices", body: "Download an invoice as PDF." },
  {
    id: "zurueck",
    title: "Rücksendung",
    body: "Senden Sie die Ware innerhalb von 30 Tagen zurück.",
    language: "de",
  },
]);

function first(query: string, language?: string): string | undefined {
  return search({ query, language })[0]?.articleId;
}

describe("search", () => {
  it("understands other words for the same thing", () => {
    expect(first("when do I get my money back")).toBe("refunds");
    expect(first("my package is late")).toBe("shipping");
    expect(first("can't log in")).toBe("login");
    expect(first("where is my bill")).toBe("invoices");
  });

  it("forgives spelling mistakes", () => {
    expect(first("refnud")).toBe("refunds");
    expect(first("how long does delivry take")).toBe("shipping");
    expect(first("I forgot my pasword")).toBe("login");
  });

  it("finds words with and without their accents, in the question's language", () => {
    expect(first("Ware zurücksenden", "de")).toBe("zurueck");
    expect(first("rucksendung", "de")).toBe("zurueck");
  });

  it("finds nothing for what holds no words", () => {
    for (const query of ["", "   ", "?!…", "hello", "the and of", "🙂", "\u0000", "\ud800"]) {
      expect(search({ query })).toEqual([]);
    }
  });

  it("says why a passage ranks where it does", () => {
    const [hit] = search({ query: "refund" });
    expect(hit?.parts.words).toBeGreaterThan(0);
    expect(hit?.parts.coverage).toBe(1);
  });

  it("keeps the second article in sight beside a long first one", () => {
    const body = Array.from(
      { length: 12 },
      (_, index) => `## Part ${index}\n\nRefund and again refund.`,
    ).join("\n\n");
    const long = articleSearch([
      { id: "long", title: "Refunds", body },
      { id: "other", title: "Returns", body: "A refund follows the return." },
    ]);
    expect(new Set(long({ query: "refund", limit: 5 }).map((hit) => hit.articleId))).toEqual(
      new Set(["long", "other"]),
    );
  });

  it("takes no more than its share of time among more passages", () => {
    const words = "delivery refund parcel account password invoice battery tent bike jacket order size".split(
      " ",
    );
    const made = new Map<number, ReturnType<typeof articleSearch>>();
    const among = (size: number) => {
      const articles = Array.from({ length: size }, (_, index) => ({
        id: `${index}`,
        title: `${words[index % 12]} ${words[(index * 7) % 12]} ${index}`,
        body: [1, 2, 3, 4]
          .map((part) => `## Part ${part}\n\n${`${words[(index + part) % 12]} takes days. `.repeat(30)}`)
          .join("\n\n"),
      }));
      const large = made.get(size) ?? articleSearch(articles);
      made.set(size, large);
      for (let n = 0; n < 20; n += 1)
        large({ query: "how long until the parcel with my tent arrives and what does it cost" });
    };
    expect(growth(among, 30)).toBeLessThan(linear);
  });
});
