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

/** Runs the checks side by side, shows in their order what they complain about, and counts. */
export async function runChecks() {
  const count = { passed: 0, failed: 0 };
  const due = checks.filter(({ needs }) => needs === undefined || existsSync(needs));
  const running = due.map(({ command }) => run(node24(), command, { env: environment() }));
  for (const [index, { title }] of due.entries()) {
    const { code, output } = await running[index];
    say(`  ${code === 0 ? "✓" : "✗"} ${title}`);
    if (code !== 0) say(output);
    count[code === 0 ? "passed" : "failed"] += 1;
  }
  return count;
}
