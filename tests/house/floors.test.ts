import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const breaches: [where: string, what: string][] = [
  ["src/contracts/probe.ts", "#lib/ids"],
  ["src/contracts/probe.ts", "node:crypto"],
  ["src/contracts/probe.ts", "react"],
  ["src/lib/probe.ts", "#services/accounts"],
  ["src/lib/probe.ts", "#http/route"],
  ["src/lib/probe.ts", "next/server"],
  ["src/lib/probe.ts", "openai"],
  ["src/services/accounts/probe.ts", "#services/conversations"],
  ["src/services/accounts/probe.ts", "#http/route"],
  ["src/services/accounts/probe.ts", "next/headers"],
  ["src/services/channels/probe.ts", "#services/accounts"],
  ["src/services/knowledge/probe.ts", "openai"],
  ["src/services/conversations/probe.ts", "#services/ai"],
  ["src/services/handover/probe.ts", "#services/chat"],
  ["src/services/copilot/probe.ts", "#services/handover"],
  ["src/services/copilot/probe.ts", "openai"],
  ["src/services/handover/probe.ts", "#services/ai"],
  ["src/services/ai/probe.ts", "#services/chat"],
  ["src/services/ai/probe.ts", "#services/notifications"],
  ["src/services/ai/deep/probe.ts", "better-auth"],
  ["src/services/chat/probe.ts", "#services/webhooks"],
  ["src/services/webhooks/probe.ts", "#services/telephony"],
  ["src/services/telephony/probe.ts", "#services/analytics"],
  ["src/services/analytics/probe.ts", "#services/notifications"],
  ["src/http/probe.ts", "#components/ui/button.tsx"],
  ["src/http/probe.ts", "#prisma"],
  ["src/http/probe.ts", "next/server"],
  ["src/app/api/probe/route.ts", "next/server"],
  ["src/app/api/probe/route.ts", "react"],
  ["src/app/api/probe/route.ts", "#prisma"],
  ["src/app/inbox/page.tsx", "pg"],
  ["src/app/inbox/page.tsx", "@prisma/client"],
  ["src/app/inbox/page.tsx", "openai"],
  ["src/components/inbox/list.tsx", "#lib/db"],
  ["src/components/inbox/list.tsx", "#services/accounts"],
  ["src/components/inbox/list.tsx", "node:fs"],
  ["src/widget/probe.ts", "#lib/ids"],
  ["src/widget/probe.tsx", "#components/ui/button.tsx"],
  ["src/widget/probe.tsx", "react"],
  ["src/services/chat/probe.ts", "../conversations/log.ts"],
  ["src/services/chat/probe.ts", "./../conversations/log.ts"],
  ["src/app/inbox/page.tsx", "../../lib/db.ts"],
  ["tests/services/probe.test.ts", "../../src/lib/db.ts"],
  ["src/lib/probe.ts", "#support/database"],
  ["src/services/chat/probe.ts", "#support/database"],
];

const uses: [where: string, what: string][] = [
  ["src/contracts/probe.ts", "zod"],
  ["src/contracts/probe.ts", "./events.ts"],
  ["src/lib/probe.ts", "#contracts/events"],
  ["src/lib/probe.ts", "pg"],
  ["src/services/accounts/probe.ts", "better-auth"],
  ["src/services/conversations/probe.ts", "#services/escalation"],
  ["src/services/ai/probe.ts", "openai/streaming"],
  ["src/services/copilot/probe.ts", "#services/ai"],
  ["src/services/chat/probe.ts", "#services/handover"],
  ["src/services/chat/probe.ts", "./typing.ts"],
  ["src/http/probe.ts", "#services/accounts"],
  ["src/app/api/probe/route.ts", "#services/chat"],
  ["src/app/inbox/page.tsx", "next/navigation"],
  ["src/components/inbox/list.tsx", "#components/ui/button.tsx"],
  ["src/components/inbox/list.tsx", "#contracts/events"],
  ["src/widget/probe.ts", "#contracts/events"],
  ["tests/services/probe.test.ts", "#support/database"],
];

const importing = (name: string) => `import { thing } from "${name}";\nexport const use = thing;\n`;

const otherWays = [
  `export { thing } from "#http/route";\n`,
  `export const late = () => import("#http/route");\n`,
  `import type { Thing } from "#http/route";\n\nexport type Use = Thing;\n`,
];

let house: string;
let refused: Set<string>;

// A house of its own with our biome.json, and every probe in the folder it stands for: linted in one run.
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), "floors-"));
  const config = JSON.parse(readFileSync("biome.json", "utf8")) as Record<string, unknown>;
  writeFileSync(join(house, "biome.json"), JSON.stringify({ ...config, $schema: undefined, vcs: undefined }));
  for (const [where, what] of [...breaches, ...uses]) write(place(where, what), importing(what));
  for (const [index, source] of otherWays.entries()) write(`src/lib/other-${index}.ts`, source);
  refused = lint();
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

function write(path: string, source: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), source);
}

/** The probe's own file for this import, in the same folder. */
function place(where: string, what: string): string {
  return join(dirname(where), `${what.replaceAll(/[^a-z]+/gi, "-")}.${where.split(".").at(-1)}`);
}

/** Gives the files whose imports the linter refuses. */
function lint(): Set<string> {
  const biome = join(process.cwd(), "node_modules/@biomejs/biome/bin/biome");
  const flags = ["lint", "--reporter=json", "--max-diagnostics=none", "."];
  const { stdout } = spawnSync(process.execPath, [biome, ...flags], { cwd: house, encoding: "utf8" });
  const { diagnostics } = JSON.parse(stdout) as Report;
  const found = diagnostics.filter(({ category }) => category === "lint/style/noRestrictedImports");
  return new Set(found.map(({ location }) => pathOf(location)));
}

type Report = { diagnostics: { category: string; location: { path: string | { file: string } } }[] };

function pathOf({ path }: { path: string | { file: string } }): string {
  return typeof path === "string" ? path : path.file;
}

describe("the floors", () => {
  it.each(breaches)("keep %s from importing %s", (where, what) => {
    expect(refused).toContain(place(where, what));
  });

  it.each(uses)("let %s import %s", (where, what) => {
    expect(refused).not.toContain(place(where, what));
  });

  it.each(otherWays.map((source, index) => [source.trim(), index]))(
    "see every way to write it: %s",
    (_, index) => {
      expect(refused).toContain(`src/lib/other-${index}.ts`);
    },
  );

  it("have no back window: Node does not find what lies behind a service's door", () => {
    const script = `import.meta.resolve("#services/escalation/detector.ts"); await import("#services/escalation/detector.ts");`;
    expect(() =>
      execFileSync(process.execPath, ["--input-type=module", "-e", script], { stdio: "pipe" }),
    ).toThrow();
  });
});
