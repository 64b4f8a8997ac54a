import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { framePage } from "#support/widget-stage";

type Built = {
  manifest: { script: string; parts: string[]; styles: string; later: string[] };
  sizes: Record<string, number>;
};
const kilobyte = 1_024;

let folder: string;
let built: Built;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baton-widget-"));
  const script = new URL("../../scripts/build-widget.mjs", import.meta.url).href;
  const { buildWidget } = (await import(script)) as { buildWidget: (to: { into: string }) => Promise<Built> };
  built = await buildWidget({ into: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the built widget", () => {
  const sizeOf = (names: string[]) => names.reduce((sum, name) => sum + (built.sizes[name] ?? 0), 0);

  it("stays within its budgets, as gzip: loader 4, window 45 and its styles 8 kilobytes, 10 for what comes later", () => {
    const { sizes, manifest } = built;
    expect(sizes["loader.js"]).toBeLessThanOrEqual(4 * kilobyte);
    expect(sizeOf([manifest.script, ...manifest.parts])).toBeLessThanOrEqual(45 * kilobyte);
    expect(manifest.later.length).toBeGreaterThan(0);
    expect(sizeOf(manifest.later)).toBeLessThanOrEqual(10 * kilobyte);
    expect(sizes[manifest.styles]).toBeLessThanOrEqual(8 * kilobyte);
  });

  it("never writes text as HTML and never evaluates any", async () => {
    const { script, parts, later } = built.manifest;
    for (const name of ["loader.js", script, ...parts, ...later]) {
      const code = await readFile(join(folder, name), "utf8");
      expect(code).not.toMatch(/\beval\(|new Function\(|document\.write|insertAdjacentHTML/);
    }
  });

  it("names the window's files by their content", () => {
    expect(built.manifest.script).toMatch(/^frame-[A-Z0-9]{8}\.js$/);
    expect(built.manifest.styles).toMatch(/^frame-[A-Z0-9]{8}\.css$/);
  });
});

describe("the page of the frame", () => {
  const card = {
    id: "a",
    name: "</script><script>alert(1)</script>",
    companyName: "Shop",
    greeting: "Hi",
    suggestions: [],
    color: "#123456",
    topics: [],
    model: true,
  };
  const page = (allowedOrigins: string[]) =>
    framePage({ agentId: "a", card, allowedOrigins }, built.manifest);

  it("may be embedded by the agent's origins and by nobody else", () => {
    const policy = page(["https://shop.example"]).headers.get("content-security-policy");
    expect(policy).toContain("frame-ancestors 'self' https://shop.example");
    expect(policy).not.toContain("unsafe");
  });

  it("lets no origin of the list add a word to the policy", () => {
    const policy = page(["https://a.example; script-src *", "*", "https://b.example"]).headers.get(
      "content-security-policy",
    );
    expect(policy).toMatch(/frame-ancestors 'self' https:\/\/b\.example$/);
  });

  it("keeps names inside its data", async () => {
    const html = await page([]).text();
    expect(html).not.toContain("<script>alert(1)");
  });
});
