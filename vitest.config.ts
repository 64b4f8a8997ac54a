import { defineConfig } from "vitest/config";

// A test that provokes a failure should not fill the screen with its log line.
const env = { LOG_LEVEL: process.env.LOG_LEVEL ?? "silent" };
const postgres = "tests/**/*.db.test.{ts,tsx}";
const faults = "tests/faults/**/*.db.test.ts";
const setupFiles = ["tests/support/clean-environment.ts"];
const onPostgres = {
  env,
  setupFiles,
  globalSetup: ["tests/support/suite.ts"],
  testTimeout: 20_000,
  // A machine that has its hands full may be late once; what fails twice has failed.
  retry: 1,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    // What needs Postgres or Redis is named *.db.test.ts, all else runs without any server.
    projects: [
      {
        test: {
          name: "unit",
          env,
          setupFiles,
          // Rooms keep nothing between tests, so that files of one worker may share what they import.
          isolate: false,
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: [postgres, "tests/e2e/**", "tests/faults/**"],
        },
      },
      {
        test: {
          ...onPostgres,
          name: "integration",
          include: [postgres],
          exclude: [faults],
          // A suite opens what it needs and closes it again, so that files of one worker may share what they import.
          isolate: false,
        },
      },
      // These set the environment of the programs that they start and kill.
      { test: { ...onPostgres, name: "faults", include: [faults] } },
    ],
  },
});
