import { describe, expect, it } from "vitest";
import { areNumbers, filledIn, gapsOf, piecesOf } from "#client/template-gaps";

describe("the gaps of a template", () => {
  it.each([
    ["Hello.", []],
    ["{{2}} before {{1}}, and {{1}} again", ["1", "2"]],
    ["{{10}} {{9}}", ["9", "10"]],
    ["For {{guests}} on {{day}}, {{guests}}.", ["guests", "day"]],
    ["Not {these} nor {{these ones}}", []],
  ])("of %j are %j", (body, gaps) => {
    expect(gapsOf(body)).toEqual(gaps);
  });

  it("are numbers or names", () => {
    expect(areNumbers(["1", "2"])).toBe(true);
    expect(areNumbers(["guests", "day"])).toBe(false);
  });

  it("are filled wherever they stand, and shown where nothing fills them yet", () => {
    const body = "{{2}}: {{1}} and {{1}}, {{3}}.";

    expect(filledIn(body, ["one", "$& {{2}}"])).toBe("$& {{2}}: one and one, {{3}}.");
    expect(piecesOf(body, ["one"])).toEqual([
      { gap: "{{2}}", value: "" },
      { words: ": " },
      { gap: "{{1}}", value: "one" },
      { words: " and " },
      { gap: "{{1}}", value: "one" },
      { words: ", " },
      { gap: "{{3}}", value: "" },
      { words: "." },
    ]);
  });
});
