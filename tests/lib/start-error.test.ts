import { createServer } from "node:net";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { explainStart, StartError } from "#lib/start-error";

describe("explainStart", () => {
  it("tells the reason and what mends it", () => {
    expect(explainStart(new StartError("It is broken.", "Mend it."))).toBe("It is broken.\n  → Mend it.");
  });

  it("names the port that is taken", async () => {
    const first = createServer().listen(0);
    await new Promise((done) => first.once("listening", done));
    const { port } = first.address() as { port: number };
    const error = await new Promise((fail) => createServer().once("error", fail).listen(port));
    expect(explainStart(error)).toContain(`Port ${port} is already in use`);
    first.close();
  });

  it("tells a database that does not answer", async () => {
    const client = new pg.Client({ connectionString: "postgresql://baton:x@127.0.0.1:1/baton" });
    const error = await client.connect().catch((reason: unknown) => reason);
    expect(explainStart(error)).toContain("The database does not answer.");
  });

  it("tells a full disk", () => {
    expect(explainStart(Object.assign(new Error("write"), { code: "ENOSPC" }))).toContain("disk is full");
  });

  it("leaves what it does not know to the caller", () => {
    expect(explainStart(new TypeError("x is not a function"))).toBeUndefined();
  });
});
