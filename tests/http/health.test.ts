import { setTimeout as pause } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { health, watchHealth } from "#http/health";
import { forget } from "#lib/registry";

describe("the health of a process", () => {
  beforeEach(() => forget("http.health"));

  it("is good when every part answers, each with its milliseconds and facts", async () => {
    watchHealth("bus", async () => ({ kind: "memory" }));
    watchHealth("database", async () => {
      await pause(5);
      return {};
    });
    const found = await health();
    expect(found).toMatchObject({
      ok: true,
      parts: { bus: { ok: true, kind: "memory" }, database: { ok: true } },
    });
    expect(found.parts.database?.ms).toBeGreaterThan(3);
  });

  it("is bad when one part fails or does not answer, and says no more than that", {
    timeout: 5_000,
  }, async () => {
    watchHealth("bus", () => Promise.reject(new Error("redis://user:password@host")));
    watchHealth("jobs", () => new Promise(() => undefined));
    const found = await health();
    expect(found.ok).toBe(false);
    expect(found.parts.jobs?.ok).toBe(false);
    expect(JSON.stringify(found)).not.toContain("password");
  });

  it("is asked once for all who want to know at the same time", async () => {
    let asked = 0;
    watchHealth("database", async () => {
      asked += 1;
      await pause(5);
      return {};
    });
    await Promise.all([health(), health(), health()]);
    expect(asked).toBe(1);
  });
});
