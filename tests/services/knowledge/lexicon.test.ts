import { expect, it } from "vitest";
import { supportLexicon } from "#services/knowledge";

it("names only related concepts that exist", () => {
  const { concepts } = supportLexicon();
  const unknown = [...concepts.values()].flatMap(({ related }) =>
    related.filter((name) => !concepts.has(name)),
  );
  expect(unknown).toEqual([]);
  expect(concepts.size).toBeGreaterThan(200);
});
