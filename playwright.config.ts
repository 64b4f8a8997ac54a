import { defineConfig } from "@playwright/test";
import { chromium } from "#support/chromium";

// Each suite starts the built program itself (#support/baton), so there is no shared server and no shared account.
export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  fullyParallel: false,
  workers: 2,
  // A browser on a busy machine may be late once; what fails twice has failed.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: chromium,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
