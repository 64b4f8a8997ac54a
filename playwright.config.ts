import { defineConfig } from "@playwright/test";
import { chromium } from "#support/chromium";

// Each suite starts the built program itself (#support/baton), so there is no shared server and no shared account.
export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/bundles.ts",
  outputDir: "test-results",
  fullyParallel: false,
  // One more than processors: many tests wait for clocks.
  workers: 3,
  // A browser on a busy machine may be late once; what fails twice has failed.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: chromium,
    // As people choose it who are disturbed by it; the story is told with everything that moves.
    contextOptions: { reducedMotion: "reduce" },
    // A recording costs a third of the time of a test, so only what failed once is recorded.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
  },
});
