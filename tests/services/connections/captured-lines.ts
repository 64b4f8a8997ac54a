import pino from "pino";
import { vi } from "vitest";
import { log } from "#lib/log";

/** Gathers every line that this process logs, with all levels on, and what libraries print past the log. */
export function captureLines(): string[] {
  const lines: string[] = [];
  const keep = (...said: unknown[]) => {
    lines.push(said.map((each) => (typeof each === "string" ? each : inspected(each))).join(" "));
    return true;
  };
  log.level = "trace";
  Reflect.set(log, pino.symbols.streamSym, { write: keep });
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
  for (const name of ["debug", "info", "log", "warn", "error"] as const)
    vi.spyOn(console, name).mockImplementation(keep);
  return lines;
}

// An error's hidden fields would be printed as well.
function inspected(value: unknown): string {
  if (!(value instanceof Error)) return JSON.stringify(value) ?? "";
  return `${value.stack} ${JSON.stringify(value, Object.getOwnPropertyNames(value))} ${inspected(value.cause)}`;
}
