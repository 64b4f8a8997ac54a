// The checks that need no server: each is a title and a command, and counts as one.
import { existsSync } from "node:fs";
import { environment, node24, run, say } from "./ground.mjs";

const biome = "node_modules/@biomejs/biome/bin/biome";
const tsc = "node_modules/typescript/bin/tsc";

export const checks = [
  { title: "format", command: [biome, "format", "."] },
  { title: "lint and floors", command: [biome, "lint", "--error-on-warnings", "."] },
  { title: "types", command: [tsc, "-p", ".", "--noEmit"] },
  {
    title: "types of the widget",
    command: [tsc, "-p", "src/widget", "--noEmit"],
    needs: "src/widget/tsconfig.json",
  },
  { title: "dead code", command: ["node_modules/knip/bin/knip.js", "--no-progress"] },
];

/** Runs the checks one after the other, shows what they complain about, and counts. */
export async function runChecks() {
  const count = { passed: 0, failed: 0 };
  for (const { title, command, needs } of checks) {
    if (needs !== undefined && !existsSync(needs)) continue;
    const { code, output } = await run(node24(), command, { env: environment() });
    say(`  ${code === 0 ? "✓" : "✗"} ${title}`);
    if (code !== 0) say(output);
    count[code === 0 ? "passed" : "failed"] += 1;
  }
  return count;
}
