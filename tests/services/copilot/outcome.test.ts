import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wordsToSend } from "#contracts/copilot";
import { settle } from "#services/copilot";
import { growth, linear } from "#support/growth";

const suggestion =
  "You can return items within **30 days** [1]. The refund reaches your account after 5 days [2].";

describe("what became of a suggestion", () => {
  it("is used where the reply is its words, without the marks of its sources", () => {
    expect(settle(suggestion, wordsToSend(suggestion))).toEqual({ outcome: "used", similarity: 1 });
    expect(settle(suggestion, `${wordsToSend(suggestion).toUpperCase()} 🙂`).outcome).toBe("used");
  });

  it.each([
    ["a word changed", "You can return items within 14 days. The refund reaches your account after 5 days."],
    ["a greeting before it", `Hi Kim, thank you for your patience! ${wordsToSend(suggestion)} Best, Anna`],
    ["half of it", "You can return items within 30 days."],
  ])("is edited with %s", (_, reply) => {
    const { outcome, similarity } = settle(suggestion, reply);
    expect(outcome).toBe("edited");
    expect(similarity).toBeLessThan(1);
  });

  it("is ignored where the reply says something else", () => {
    expect(settle(suggestion, "Let me ask the warehouse, one moment please.").outcome).toBe("ignored");
  });

  it("tells writing without spaces apart", () => {
    expect(settle("三十天内可以退货。", "三十天内可以退货。").outcome).toBe("used");
    expect(settle("三十天内可以退货。", "十四天内可以退货。").outcome).toBe("edited");
    expect(settle("三十天内可以退货。", "请稍等，我问一下仓库同事再回复。").outcome).toBe("ignored");
  });

  it("takes no more than its share of time for a long reply", () => {
    const measure = (size: number) => {
      const long = Array.from({ length: size }, (_, n) => `word${n}`).join(" ");
      settle(long, long.replaceAll("7", "8"));
    };
    expect(growth(measure, 175)).toBeLessThan(linear);
  });

  it("is as alike to the reply as the reply is to it, between 0 and 1", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (one, other) => {
        const plain = [one, other].map((text) => text.replace(/[[\]]/g, ""));
        const [a = "", b = ""] = plain;
        const there = settle(a, b).similarity;
        expect(there).toBe(settle(b, a).similarity);
        expect(there).toBeGreaterThanOrEqual(0);
        expect(there).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("the words to send", () => {
  it("leave out marks of sources, and nothing else in brackets", () => {
    expect(wordsToSend("Yes [1][2], within [the window](https://shop.example) [3].\n\n[4]")).toBe(
      "Yes, within [the window](https://shop.example).",
    );
    expect(wordsToSend("Size [M] and [12](https://shop.example/12)")).toBe(
      "Size [M] and [12](https://shop.example/12)",
    );
  });
});
