import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process that cannot be mistaken for a later one with the same number. */
export type ProcessMark = { pid: number; started: string };

/** Marks the running process. */
export function thisProcess(): ProcessMark {
  return { pid: process.pid, started: startOf(process.pid) ?? "unknown" };
}

/** Says whether the marked process still runs, and is not another one that was given its number. */
export function isSameProcess(mark: ProcessMark): boolean {
  return startOf(mark.pid) === mark.started;
}

/** Gives the command line of a running process, or undefined when there is none of this number. */
export function commandOf(pid: number): string | undefined {
  if (process.platform === "linux") return read(`/proc/${pid}/cmdline`)?.replaceAll("\0", " ");
  return ps(pid, "command=");
}

function startOf(pid: number): string | undefined {
  if (process.platform !== "linux") return ps(pid, "lstart=");
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name in parentheses may itself hold spaces and parentheses: count fields from its end.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z") return undefined;
  return `${read("/proc/sys/kernel/random/boot_id")?.trim()}/${fields[19]}`;
}

function ps(pid: number, column: string): string | undefined {
  try {
    const said = execFileSync("ps", ["-ww", "-o", column, "-p", String(pid)], { encoding: "utf8" }).trim();
    return said === "" ? undefined : said;
  } catch {
    return undefined;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
