import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { expect, inject, it } from "vitest";
import { stemEnglish } from "#services/knowledge";

it("gives every word of our English the stem that Postgres gives it", async () => {
  const docs = new URL("../../../docs/", import.meta.url);
  const help = new URL("../../../demo/help-centre/", import.meta.url);
  const texts = [docs, help].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .map((name) => readFileSync(new URL(name, folder), "utf8")),
  );
  const words = [
    ...new Set(
      texts
        .join(" ")
        .toLowerCase()
        .match(/[a-z]{2,}/g),
    ),
  ];
  const client = new pg.Client({ connectionString: inject("postgresAdminUrl") });
  await client.connect();
  const { rows } = await client.query<{ word: string; stem: string }>(
    "SELECT word, (ts_lexize('english_stem', word))[1] AS stem FROM unnest($1::text[]) AS word",
    [words],
  );
  await client.end();
  const different = rows.filter(({ word, stem }) => stem !== null && stemEnglish(word) !== stem);
  expect(different).toEqual([]);
  expect(rows.length).toBeGreaterThan(500);
});
