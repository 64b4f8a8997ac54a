import { afterAll, beforeAll, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { schemaDiff } from "#support/schema-diff";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

// Foreign keys, indexes and what is generated are said in SQL alone; tables and columns must agree in both.
const saidInSqlAlone =
  /^(DROP INDEX|ALTER TABLE "\w+" DROP CONSTRAINT "\w+_(fkey|key)"|CREATE (UNIQUE )?INDEX|DROP TABLE "_prisma_migrations")/;
// Columns of types that Prisma cannot express; the queries that use them are plain SQL.
const columnsInSqlAlone = [
  'ALTER TABLE "event" DROP COLUMN "txid"',
  'ALTER TABLE "passage" DROP COLUMN "search"',
];

it("finds the tables and columns of prisma/schema.prisma in the migrated database", async () => {
  const difference = await schemaDiff(database.url);
  const statements = difference
    .replaceAll(/^--.*$/gm, "")
    .split(";")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "" && !saidInSqlAlone.test(statement));
  expect(statements).toEqual(columnsInSqlAlone);
});
