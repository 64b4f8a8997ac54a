import { describe, expect, it } from "vitest";
import { cited, renderParts } from "#services/channels";

const sources = [
  {
    number: 1,
    articleId: "00000000-0000-4000-8000-000000000001",
    title: "Returns",
    url: "https://help.example/returns#policy",
  },
];
const answer = "You have **60 days** [1]. It is free [7].";

function sent(dialect: "plain" | "slack" | "telegram" | "whatsapp" | "teams" | "markdown") {
  return renderParts(cited(answer, sources, dialect), { dialect, maxLength: 4_000 })[0]?.text;
}

describe("the numbers of an answer's sources on platforms", () => {
  it("link to the source where the platform has links in words", () => {
    expect(sent("telegram")).toBe(
      'You have <b>60 days</b> <a href="https://help.example/returns#policy">[1]</a>. It is free [7].',
    );
    expect(sent("slack")).toBe(
      "You have *60 days* <https://help.example/returns#policy|[1]>. It is free [7].",
    );
  });

  it("are left out where an address would stand among the words", () => {
    expect(sent("plain")).toBe("You have 60 days. It is free [7].");
    expect(sent("whatsapp")).toBe("You have *60 days*. It is free [7].");
  });

  it("stay where no source was named", () => {
    expect(cited("See paragraph [1].", [], "telegram")).toBe("See paragraph [1].");
  });
});
