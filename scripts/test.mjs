// npm test: everything, on a machine that has nothing but Node and npm.
import { runChecks } from "./checks.mjs";
import { build, generate, install, main, say } from "./ground.mjs";
import { runPlaywright, runVitest, sum } from "./suites.mjs";
import { ensureTools } from "./tools.mjs";

const counts = [];

await main(async () => {
  const start = Date.now();
  try {
    await Promise.all([install(), ensureTools()]);
    await generate();
    await build();
    // Some of these wait for clocks, and many of those on Postgres: more workers than processors find one idle.
    counts.push(await part("Unit tests", () => runVitest(["unit"], ["--maxWorkers=3"])));
    const onPostgres = () => runVitest(["integration", "faults"], ["--maxWorkers=4"]);
    counts.push(await part("Tests on real Postgres and Redis", onPostgres));
    counts.push(await part("Checks", runChecks));
    counts.push(await part("Browser tests", runPlaywright));
  } catch (error) {
    say(`\nBaton: ${error.message}`);
    counts.push({ passed: 0, failed: 1 });
  }
  const { passed, failed } = sum(counts);
  say(`\nall of it took ${Math.round((Date.now() - start) / 1000)} s`);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});

async function part(title, work) {
  say(`\n${title}`);
  const start = Date.now();
  const count = await work();
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  say(`  ${title}: ${count.passed} passed, ${count.failed} failed in ${seconds} s`);
  return count;
}
