import { describe, expect, it } from "vitest";
import { extend, kept, mostChosen, nothingChosen, toggle } from "#components/inbox/list/selection.ts";

const order = ["a", "b", "c", "d", "e"];

describe("choosing conversations together", () => {
  it("takes in a range from the last press, downwards and upwards", () => {
    const from = toggle(nothingChosen, "b");
    expect([...extend(from, "d", order).ids]).toEqual(["b", "c", "d"]);
    expect([...extend(toggle(nothingChosen, "d"), "b", order).ids]).toEqual(["d", "c", "b"]);
  });

  it("keeps what was chosen before, and goes on from the same place", () => {
    const two = extend(toggle(toggle(nothingChosen, "e"), "b"), "c", order);
    expect([...two.ids]).toEqual(["e", "b", "c"]);
    expect([...extend(two, "d", order).ids]).toEqual(["e", "b", "c", "d"]);
  });

  it("chooses one where the range has no beginning any more", () => {
    const gone = toggle(nothingChosen, "gone");
    expect([...extend(gone, "c", order).ids]).toEqual(["gone", "c"]);
  });

  it("lets go of what is pressed again, and of what left the list", () => {
    expect([...toggle(toggle(nothingChosen, "a"), "a").ids]).toEqual([]);
    expect([...kept(toggle(toggle(nothingChosen, "a"), "b"), ["b"]).ids]).toEqual(["b"]);
  });

  it("never holds more than one bulk action takes", () => {
    const many = Array.from({ length: 300 }, (_, index) => `c${index}`);
    const all = extend(toggle(nothingChosen, "c0"), "c299", many);
    expect(all.ids.size).toBe(mostChosen);
    expect(toggle(all, "c299").ids.size).toBe(mostChosen);
  });
});
