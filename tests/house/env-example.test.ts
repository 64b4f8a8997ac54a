import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readEnv, variableNames } from "#lib/env";

const example = readFileSync(".env.example", "utf8");
const lines = [...example.matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(
  ([, name = "", value = ""]) => [name, value] as const,
);

it("explains every variable that Baton reads in .env.example, and no other", () => {
  expect(lines.map(([name]) => name).toSorted()).toEqual(variableNames.toSorted());
});

it("names the true defaults in .env.example", () => {
  expect(readEnv(Object.fromEntries(lines))).toEqual(readEnv({}));
});
