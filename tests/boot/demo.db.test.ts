import { afterAll, beforeAll, expect, it } from "vitest";

import { closeDatabase, openDatabase } from "#lib/db";
import {
  closeIdentity,
  createSignInLink,
  currentOperator,
  demoAgentId,
  getAgent,
  listOperators,
  needsSetup,
  redeemSignInLink,
  removeDemoCompany,
} from "#services/accounts";
import { listArticles } from "#services/knowledge";
import { cookieHeaders } from "#support/companies";
import { type FreshDatabase, freshDatabase } from "#support/database";

const { bootstrapDemo } = (await import(
  `${process.cwd()}/src/http/boot/demo.ts`
)) as typeof import("../../src/http/boot/demo.ts");

let database: FreshDatabase;
beforeAll(async () => {
  process.env.BATON_SECRET = "a secret of the tests, long enough for this";
  database = await freshDatabase();
  openDatabase(database.url);
});
afterAll(async () => {
  await closeIdentity();
  await closeDatabase();
  await database.drop();
});

it("makes one demo company, however often and however many start, and can take it away again", async () => {
  const starts = await Promise.all(
    [1, 2, 3].map(() => bootstrapDemo({ baseUrl: "http://localhost:4000", port: 4000, past: "" })),
  );
  expect(new Set(starts.map(({ companyId }) => companyId)).size).toBe(1);
  expect(starts.filter(({ created }) => created)).toHaveLength(1);
  const { companyId, ownerId, agentId } = await bootstrapDemo({
    baseUrl: "http://localhost:4001",
    port: 4001,
  });
  expect(await demoAgentId()).toBe(agentId);
  const who = { kind: "system", companyId } as const;
  expect((await getAgent(who, agentId)).allowedOrigins).toEqual(
    expect.arrayContaining(["http://localhost:4000", "http://127.0.0.1:4001"]),
  );
  expect((await listOperators(companyId)).map(({ name }) => name)).toEqual([
    "Freja Lindqvist",
    "Anna Berg",
    "Mikkel Dahl",
    "Lena Vogt",
  ]);
  expect((await listArticles({ companyId }, { limit: 100 })).articles.length).toBeGreaterThan(10);
  const cookies = await redeemSignInLink((await createSignInLink(ownerId)).split("/").at(-1) ?? "");
  expect(await currentOperator(cookieHeaders(cookies))).toMatchObject({ companyId, role: "owner" });
  expect(await removeDemoCompany()).toBe(true);
  expect([await removeDemoCompany(), await demoAgentId(), await needsSetup()]).toEqual([
    false,
    undefined,
    true,
  ]);
});
