import { defineConfig } from "vitest/config";

// A test that provokes a failure should not fill the screen with its log line.
const env = { LOG_LEVEL: process.env.LOG_LEVEL ?? "silent" };
const postgres = "tests/**/*.db.test.{ts,tsx}";

export default defineConfig({
  test: {
    // Two projects: what needs Postgres or Redis is named *.db.test.ts, all else runs without any server.
    projects: [
      {
        test: {
          name: "unit",
          env,
          // Rooms keep nothing between tests, so that files of one worker may share what they import.
          isolate: false,
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: [postgres, "tests/e2e/**", "tests/faults/**"],
        },
      },
      {
        test: {
          name: "integration",
          env,
          include: [postgres],
          globalSetup: ["tests/support/suite.ts"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
