import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { internalRoutes } from "#http/openapi/account-operations";
import { openApiDocument, operations } from "#http/openapi/document";
import { permissionNames } from "#services/accounts";
import { type Door, openDoor } from "#support/doors";
import { routeModules } from "#support/routes";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

describe("the API description", () => {
  it("tells of every method of every route, or names it as internal", async () => {
    const modules = await routeModules(".");
    const standing = Object.entries(modules).flatMap(([path, module]) =>
      methods.flatMap((method) => (module[method] === undefined ? [] : `${method} /${path}`)),
    );
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(standing.filter((route) => !described.includes(route) && !internalRoutes.includes(route))).toEqual(
      [],
    );
    // Sign-in and sign-out stand behind one catch-all.
    const inside = described.filter((route) => !standing.includes(route));
    expect(inside).toEqual(["POST /api/auth/sign-in/email", "POST /api/auth/sign-out"]);
    expect(internalRoutes.filter((route) => !standing.includes(route))).toEqual([]);
  });

  it("has a unique name for every operation and an error body for every refusal", () => {
    const document = openApiDocument();
    const all = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path ?? {}));
    const ids = all.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(operations.length);
    for (const { responses } of all) {
      for (const [status, response] of Object.entries<{ content?: Record<string, { schema: unknown }> }>(
        responses,
      )) {
        if (Number(status) < 400) continue;
        expect(response.content?.["application/json"]?.schema).toEqual({
          $ref: "#/components/schemas/ErrorBody",
        });
      }
    }
  });

  it("names path parameters as the path does, and only known rights", () => {
    for (const { path, params, needs } of operations) {
      const inPath = [...path.matchAll(/\[(\w+)\]/g)].map(([, name]) => name);
      expect([path, Object.keys(params?.shape ?? {}).sort()]).toEqual([path, inPath.sort()]);
      if (needs !== undefined) expect(permissionNames).toContain(needs);
    }
  });
});

describe("the page of the API description", () => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor("lane", await routeModules("docs", "openapi.json"));
  });
  afterAll(() => door.close());

  it("serves all that it shows by itself", async () => {
    const page = await fetch(`${door.url}/api/docs`);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    const html = await page.text();
    const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses).toHaveLength(4);
    for (const address of addresses) {
      expect(address).toMatch(/^\/api\/docs\//);
      expect((await fetch(`${door.url}${address}`)).status).toBe(200);
    }
    expect(await (await fetch(`${door.url}/api/openapi.json`)).json()).toMatchObject({ openapi: "3.1.1" });
  });

  it("gives nothing else of the package or the disk away", async () => {
    for (const path of [
      "package.json",
      "index.html",
      "..%2f..%2fpackage.json",
      "%2e%2e/%2e%2e/package.json",
      "constructor",
    ]) {
      expect((await fetch(`${door.url}/api/docs/${path}`)).status).toBe(404);
    }
  });
});
