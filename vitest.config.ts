import { defineConfig } from "vitest/config";

const postgres = "tests/**/*.db.test.{ts,tsx}";

export default defineConfig({
  test: {
    // Two projects: what needs Postgres or Redis is named *.db.test.ts, all else runs without any server.
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: [postgres, "tests/e2e/**", "tests/faults/**"],
        },
      },
      {
        test: {
          name: "integration",
          include: [postgres],
          globalSetup: ["tests/support/suite.ts"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
