import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holderOf, openDataFolder, secretIn } from "#lib/data-folder";

let room: string;
let folder: string;
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), "data folder "));
  folder = join(room, "data");
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

/** Runs a line of code in a process of its own, with this folder at hand. */
function elsewhere(code: string): { status: number | null; said: string } {
  const script = `import { openDataFolder } from "#lib/data-folder"; const folder = ${JSON.stringify(folder)}; ${code}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script]);
  return { status, said: String(stdout) + String(stderr) };
}

describe("openDataFolder", () => {
  it("lets one instance in, and says which process that is", () => {
    openDataFolder(folder);
    expect(holderOf(folder)).toBe(process.pid);
    expect(() => openDataFolder(folder)).toThrow(`Another Baton (process ${process.pid}) already uses`);
  });

  it("refuses an instance in another process", () => {
    openDataFolder(folder);
    expect(elsewhere("openDataFolder(folder)").said).toContain(`process ${process.pid}`);
  });

  it("lets the next one in when the first leaves", () => {
    openDataFolder(folder).release();
    expect(holderOf(folder)).toBeUndefined();
    openDataFolder(folder);
  });

  it("takes over from a process that was killed", () => {
    expect(elsewhere("openDataFolder(folder); process.kill(process.pid, 'SIGKILL')").status).toBeNull();
    expect(existsSync(join(folder, "lock"))).toBe(true);
    openDataFolder(folder);
    expect(holderOf(folder)).toBe(process.pid);
  });

  it("takes over when the dead process's number was given to another one", () => {
    openDataFolder(folder).release();
    writeFileSync(join(folder, "lock"), JSON.stringify({ pid: process.ppid, started: "long ago" }));
    openDataFolder(folder);
  });

  it("takes over from a lock that was cut off in the middle", () => {
    openDataFolder(folder).release();
    writeFileSync(join(folder, "lock"), '{"pid": 1');
    openDataFolder(folder);
  });

  it("lets exactly one of several in when all find the lock of a dead process", async () => {
    elsewhere("openDataFolder(folder); process.kill(process.pid, 'SIGKILL')");
    // Who is in stays until all have tried, however slow the machine is.
    const racer = `let said = "in"; try { openDataFolder(folder) } catch { said = "out" } console.log(said); process.stdin.resume();`;
    const script = `import { openDataFolder } from "#lib/data-folder"; const folder = ${JSON.stringify(folder)}; ${racer}`;
    const { spawn } = await import("node:child_process");
    const children = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["pipe", "pipe", "ignore"] }),
    );
    const said = await Promise.all(
      children.map(async ({ stdout }) => {
        for await (const piece of stdout) return String(piece).trim();
        return undefined;
      }),
    );
    for (const child of children) child.stdin.end();
    expect(said.toSorted()).toEqual(["in", "out", "out", "out"]);
  });

  it("says so when the folder is a file", () => {
    writeFileSync(folder, "");
    expect(() => openDataFolder(folder)).toThrow(/data folder .* cannot be opened|is a file/);
  });
});

describe("secretIn", () => {
  it("makes a secret once, and keeps it from other users", () => {
    const secret = secretIn(folder, "session");
    expect(secretIn(folder, "session")).toBe(secret);
    expect(secretIn(folder, "other")).not.toBe(secret);
    expect(readFileSync(join(folder, "secrets", "session"), "utf8")).toBe(secret);
    expect(statSync(join(folder, "secrets", "session")).mode & 0o077).toBe(0);
  });
});
