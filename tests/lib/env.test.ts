import { describe, expect, it } from "vitest";
import { readEnv } from "#lib/env";

describe("readEnv", () => {
  it("needs nothing", () => {
    expect(readEnv({})).toMatchObject({
      PORT: 3000,
      PUBLIC_BASE_URL: "http://localhost:3000",
      DEMO: true,
      ROLE: "all",
    });
  });

  it("takes an empty variable for an absent one", () => {
    expect(readEnv({ PORT: "", DATABASE_URL: " " })).toEqual(readEnv({}));
  });

  it("seeds no demo into somebody's own Postgres unless asked", () => {
    const DATABASE_URL = "postgresql://baton:secret@db/baton";
    expect(readEnv({ DATABASE_URL }).DEMO).toBe(false);
    expect(readEnv({ DATABASE_URL, DEMO: "true" }).DEMO).toBe(true);
  });

  it("tells all problems at once, and no value", () => {
    const wrong = { PORT: "many", ROLE: "boss", BATON_SECRET: "short-secret" };
    expect(() => readEnv(wrong)).toThrow(/3 problems:\n {2}PORT: .*\n {2}BATON_SECRET: .*\n {2}ROLE: /);
    expect(() => readEnv(wrong)).not.toThrow(/short-secret/);
  });
});
