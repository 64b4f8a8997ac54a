// Runs vitest and Playwright, shows their output as it comes, and counts from their own reports.
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";
import { environment, node24, run, say } from "./ground.mjs";

const plain = process.stdout.isTTY ? {} : { NO_COLOR: "1", FORCE_COLOR: undefined };

/** Runs projects of vitest: `unit`, or `integration` and `faults`. */
export function runVitest(projects, more = []) {
  return counted(
    async (report, own) => {
      const flags = [
        "run",
        ...projects.flatMap((project) => ["--project", project]),
        "--reporter=dot",
        "--reporter=json",
        `--outputFile.json=${report}`,
        ...more,
      ];
      return run(node24(), ["node_modules/vitest/vitest.mjs", ...flags], {
        env: environment({ NODE_ENV: "test", ...own }),
        show: true,
      });
    },
    ({ numPassedTests, numFailedTests, testResults }) => ({
      passed: numPassedTests,
      failed: numFailedTests,
      retried: testResults
        .flatMap(({ assertionResults }) => assertionResults)
        .filter(({ status, failureMessages }) => status === "passed" && failureMessages.length > 0)
        .map(({ fullName }) => fullName),
    }),
  );
}

/** Runs the browser tests. */
export function runPlaywright() {
  return counted(
    async (report, own) => {
      const env = environment({ PLAYWRIGHT_JSON_OUTPUT_NAME: report, ...own });
      return run(node24(), ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"], {
        env,
        show: true,
      });
    },
    ({ stats, suites }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      retried: specsIn(suites)
        .filter(({ tests }) => tests.some(({ status }) => status === "flaky"))
        .map(({ file, title }) => `${file}: ${title}`),
    }),
  );
}

function specsIn(suites = []) {
  return suites.flatMap((suite) => [...(suite.specs ?? []), ...specsIn(suite.suites)]);
}

async function counted(work, read) {
  const folder = mkdtempSync(join(scratch(), "baton-tests-"));
  // Postgres may run as another user, and has to get through.
  chmodSync(folder, 0o711);
  try {
    const { code } = await work(join(folder, "report.json"), { TMPDIR: folder, ...plain });
    const { retried, ...count } = read(JSON.parse(readFileSync(join(folder, "report.json"), "utf8")));
    for (const name of retried) say(`  passed at the second try only: ${name}`);
    // A suite that could not even be loaded has no failed test, but has failed.
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where databases lie that nobody needs tomorrow: in memory, where there is plenty of it. */
function scratch() {
  const inMemory = "/dev/shm";
  try {
    const { bavail, bsize } = statfsSync(inMemory);
    return Math.min(bavail * bsize, freemem()) > plenty ? inMemory : tmpdir();
  } catch {
    return tmpdir();
  }
}

const plenty = 6 * 1024 ** 3;

/** Adds up counts. */
export function sum(counts) {
  return counts.reduce((all, one) => ({ passed: all.passed + one.passed, failed: all.failed + one.failed }));
}
