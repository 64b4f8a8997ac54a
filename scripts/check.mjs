// npm run check: format, lint, floors, types, dead code, unit tests.
import { runChecks } from "./checks.mjs";
import { generate, install, main, say } from "./ground.mjs";
import { runVitest, sum } from "./suites.mjs";

await main(async () => {
  await install();
  await generate();
  const { passed, failed } = sum([await runChecks(), await runVitest(["unit"])]);
  say(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
