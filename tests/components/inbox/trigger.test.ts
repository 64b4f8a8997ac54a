import { describe, expect, it } from "vitest";
import { findEmojis } from "#components/inbox/composer/emoji.ts";
import { complete, triggerAt } from "#components/inbox/composer/trigger.ts";

const asked = (text: string, signs: Parameters<typeof triggerAt>[2] = ["/", "@", ":"]) =>
  triggerAt(text, text.length, signs);

describe("what the words before the cursor ask for", () => {
  it("is a canned response after a slash that begins a word", () => {
    expect(asked("/ref")).toEqual({ sign: "/", query: "ref", from: 0 });
    expect(asked("Hello\n/")).toEqual({ sign: "/", query: "", from: 6 });
    expect(asked("and/or")).toBeUndefined();
    expect(asked("https://shop")).toBeUndefined();
    expect(asked("/ref und")).toBeUndefined();
  });

  it("is a colleague after @, also by two names, and never within an address", () => {
    expect(asked("Hey @an")).toMatchObject({ sign: "@", query: "an" });
    expect(asked("@Anna Ok")).toMatchObject({ sign: "@", query: "Anna Ok" });
    expect(asked("@Müller")).toMatchObject({ query: "Müller" });
    expect(asked("maria@shop")).toBeUndefined();
    expect(asked("Hey @an", ["/", ":"])).toBeUndefined();
  });

  it("is an emoji after a colon with two letters, and not a time or a smiley", () => {
    expect(asked("Done :ta")).toMatchObject({ sign: ":", query: "ta" });
    expect(asked("At 10:30")).toBeUndefined();
    expect(asked(":D")).toBeUndefined();
    expect(asked(":-)")).toBeUndefined();
  });

  it("is looked for before the cursor only", () => {
    expect(triggerAt("/refund now", 4, ["/"])).toEqual({ sign: "/", query: "ref", from: 0 });
  });

  it("gives its place to what was chosen, and leaves the words around it", () => {
    const trigger = triggerAt("Hi /re thanks", 6, ["/"]);
    if (!trigger) throw new Error("Nothing was asked for.");
    expect(complete("Hi /re thanks", trigger, "We refund it.")).toEqual({
      text: "Hi We refund it. thanks",
      caret: 16,
    });
  });
});

describe("emojis", () => {
  it("are found by the name they begin with first, and by other words for them", () => {
    expect(findEmojis("thumbs_up")[0]?.sign).toBe("👍");
    expect(findEmojis("party").map(({ sign }) => sign)).toContain("🎉");
    expect(findEmojis("nosuchthing")).toEqual([]);
    expect(findEmojis("a").length).toBeLessThanOrEqual(8);
  });
});
