import { describe, expect, it } from "vitest";
import { sourceName } from "#client/sources";
import { newId } from "#lib/ids";

const source = (number: number, title: string, section?: string) => ({
  number,
  articleId: newId(),
  title,
  url: "/help",
  ...(section !== undefined && { section }),
});

describe("the name of a source", () => {
  it("is its article, while no other of the answer is of the same one", () => {
    const all = [source(1, "Returns", "How long"), source(2, "Tent care", "Poles")];
    expect(all.map((each) => sourceName(each, all))).toEqual(["Returns", "Tent care"]);
  });

  it("is its section where several are of one article, if it has one", () => {
    const all = [
      source(1, "Tent care", "Poles"),
      source(2, "Tent care", "Drying"),
      source(3, "Tent care"),
      source(4, "Returns", "How long"),
    ];
    expect(all.map((each) => sourceName(each, all))).toEqual(["Poles", "Drying", "Tent care", "Returns"]);
  });
});
