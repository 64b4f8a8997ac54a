import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { isSameProcess, type ProcessMark, thisProcess } from "#lib/process-mark";
import { isDiskFull, StartError } from "#lib/start-error";

export type DataFolder = {
  path: string;
  /** Gives the secret of this name, made once and kept in the folder. */
  secret(name: string): string;
  /** Lets the next instance in. */
  release(): void;
};

/** Opens the data folder, making it when it is missing, and keeps every second instance out of it. Throws `StartError`. */
export function openDataFolder(path: string): DataFolder {
  const folder = makeDataFolder(path);
  const release = lock(folder);
  return { path: folder, secret: (name) => secretIn(folder, name), release };
}

/** Gives a secret kept in the data folder, making it the first time. Throws `StartError` if it cannot be kept. */
export function secretIn(folder: string, name: string): string {
  const file = join(folder, "secrets", name);
  return guarded(folder, () => {
    mkdirSync(join(folder, "secrets"), { recursive: true, mode: 0o700 });
    const kept = read(file);
    if (kept !== undefined) return kept;
    appear(file, randomBytes(32).toString("base64url"));
    return read(file) ?? "";
  });
}

/** Says which process has the data folder open, if any. */
export function holderOf(path: string): number | undefined {
  const mark = readMark(join(resolve(path), "lock"));
  return mark !== undefined && isSameProcess(mark) ? mark.pid : undefined;
}

/** Makes the data folder when it is missing, and gives its full path. Throws `StartError` if it cannot be written. */
export function makeDataFolder(path: string): string {
  const folder = resolve(path);
  return guarded(folder, () => {
    // Root's embedded Postgres runs as another user, who must be able to walk through; what is secret inside is 0600.
    const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
    if (mkdirSync(folder, { recursive: true, mode }) !== undefined) chmodSync(folder, mode);
    if (!statSync(folder).isDirectory())
      throw new StartError(`The data folder ${folder} is a file.`, "Set BATON_DATA.");
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    writeFileSync(join(folder, ".probe"), "written at start to see whether there is room\n", { mode: 0o600 });
    rmSync(join(folder, ".probe"));
    return folder;
  });
}

function lock(folder: string): () => void {
  const file = join(folder, "lock");
  const mine = JSON.stringify(thisProcess());
  return guarded(folder, () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (appear(file, mine)) return () => releaseIfMine(file, mine);
      const mark = readMark(file);
      if (mark !== undefined && isSameProcess(mark)) {
        throw new StartError(
          `Another Baton (process ${mark.pid}) already uses the data folder ${folder}.`,
          "Stop it first, or give this one its own folder: BATON_DATA=./data-2 npm start",
        );
      }
      setAside(file, mark);
    }
    throw new StartError(
      `The data folder ${folder} is being opened by several instances at once.`,
      "Start one of them.",
    );
  });
}

/** Writes a file that others see either whole or not at all; false if somebody else's is already there. */
function appear(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes the lock of a process that is gone, unless another instance was quicker and the lock is a new one. */
function setAside(file: string, stale: ProcessMark | undefined): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readMark(aside);
  if (moved !== undefined && moved.pid !== stale?.pid && isSameProcess(moved)) linkSync(aside, file);
  rmSync(aside, { force: true });
}

function releaseIfMine(file: string, mine: string): void {
  if (read(file) === mine) rmSync(file, { force: true });
}

function readMark(file: string): ProcessMark | undefined {
  try {
    const mark = JSON.parse(read(file) ?? "") as Partial<ProcessMark>;
    if (typeof mark.pid !== "number" || typeof mark.started !== "string") return undefined;
    return { pid: mark.pid, started: mark.started };
  } catch {
    return undefined;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function guarded<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StartError) throw error;
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (isDiskFull(code)) {
      const full = `The disk that holds the data folder ${folder} is full; nothing was changed.`;
      throw new StartError(full, "Free some space and start again.", { cause: error });
    }
    if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
      const closed = `The data folder ${folder} cannot be read and written by this user.`;
      throw new StartError(closed, "Mend its owner and permissions, or set BATON_DATA to another folder.", {
        cause: error,
      });
    }
    throw new StartError(`The data folder ${folder} cannot be opened: ${message}.`, "Set BATON_DATA.", {
      cause: error,
    });
  }
}
