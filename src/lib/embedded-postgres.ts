import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { makeDataFolder, secretIn } from "#lib/data-folder";
import { address, quoted, socketFolder } from "#lib/embedded-postgres-address";
import { findCluster, ids, type PostgresHome, preparePostgresHome } from "#lib/embedded-postgres-home";
import { freePort } from "#lib/free-port";
import { keptRunning } from "#lib/kept-running";
import { commandOf } from "#lib/process-mark";
import { isDiskFull, StartError } from "#lib/start-error";

export type EmbeddedPostgres = {
  /** The ordinary role: owner of the database `baton`, no superuser, held by row-level security. */
  url: string;
  /** The superuser, for setting up and for tests. */
  adminUrl: string;
  port: number;
  /** Stops it in good order. */
  stop(): Promise<void>;
  /** Stops and starts it on the same port; `immediate` is a crash, for fault tests. */
  restart(options?: { mode?: "fast" | "immediate" }): Promise<void>;
};

type Options = {
  dataFolder: string;
  log?: { info(line: string): void; debug(line: string): void; warn(line: string): void };
  /** Server settings beyond our own, such as `{ fsync: "off" }` in tests. */
  settings?: Record<string, string>;
};

const ownSettings = {
  listen_addresses: "127.0.0.1",
  max_connections: "100",
  shared_buffers: "128MB",
  effective_cache_size: "512MB",
  max_wal_size: "512MB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
};

// Nothing of the machine's language or time zone gets into the cluster.
const plainEnvironment = { NODE_ENV: "production" as const, LC_ALL: "C", TZ: "UTC", PATH: process.env.PATH };

/**
 * Starts the Postgres of this data folder, made ready the first time; an orphan of a killed process is stopped first. One
 * that ends by itself is started again on the same port. Throws `StartError`.
 */
export async function startEmbeddedPostgres({
  dataFolder,
  log,
  settings,
}: Options): Promise<EmbeddedPostgres> {
  const folder = makeDataFolder(dataFolder);
  const home = preparePostgresHome(folder, (line) => log?.info(line));
  const passwords = { admin: secretIn(folder, "postgres-admin"), app: secretIn(folder, "postgres-app") };
  await stopOrphan(home.cluster);
  const isNew = !existsSync(join(home.cluster, "PG_VERSION"));
  if (isNew) await makeCluster(home, passwords.admin);

  const debug = (line: string) => log?.debug(line);
  const asked = { ...ownSettings, unix_socket_directories: quoted(socketFolder(home.root)), ...settings };
  const { child, port } = await launch(home, asked, passwords.admin, debug);
  // What a killed one left is left to Postgres itself: it waits until nobody works on the files any more.
  const server = keptRunning(
    child,
    async () => (await launch(home, asked, passwords.admin, debug, port)).child,
    () => log?.warn("Postgres has ended by itself. It is started again."),
  );
  const place = { port, root: home.root };
  const adminUrl = address("postgres", passwords.admin, place, "postgres");
  await makeRoom(adminUrl, passwords.app);

  return {
    url: address("baton", passwords.app, place, "baton"),
    adminUrl,
    port,
    stop: () => server.stop("SIGINT"),
    restart: ({ mode = "fast" } = {}) => server.restart(mode === "immediate" ? "SIGQUIT" : "SIGINT"),
  };
}

/** Gives the address of the embedded Postgres that another process runs in this data folder, if one does. */
export function runningEmbeddedPostgres(dataFolder: string): string | undefined {
  const folder = resolve(dataFolder);
  const cluster = findCluster(folder);
  const running = cluster === undefined ? undefined : postmaster(cluster);
  if (cluster === undefined || running === undefined) return undefined;
  const place = { port: running.port, root: dirname(cluster) };
  return address("baton", secretIn(folder, "postgres-app"), place, "baton");
}

type Postmaster = { pid: number; port: number };

function postmaster(cluster: string): Postmaster | undefined {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, "utf8").split("\n").map(Number);
  if (!pid || !port) return undefined;
  const command = commandOf(pid);
  return command?.includes("postgres") && command.includes(cluster) ? { pid, port } : undefined;
}

async function stopOrphan(cluster: string): Promise<void> {
  const orphan = postmaster(cluster);
  // A file left by a machine that went down may name a stranger's process: Postgres would wait for it for ever.
  if (orphan === undefined) return rmSync(join(cluster, "postmaster.pid"), { force: true });
  for (const [signal, seconds] of [
    ["SIGINT", 10],
    ["SIGQUIT", 10],
    ["SIGKILL", 5],
  ] as const) {
    if (!signalled(orphan.pid, signal)) return;
    for (let waited = 0; waited < seconds * 50; waited += 1) {
      if (postmaster(cluster)?.pid !== orphan.pid) return;
      await pause(20);
    }
  }
  throw new StartError(
    `An earlier Postgres (process ${orphan.pid}) does not stop.`,
    "Stop it and start again.",
  );
}

function signalled(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function makeCluster(home: PostgresHome, password: string): Promise<void> {
  const draft = `${home.cluster}.draft`;
  const passwordFile = join(home.root, "password");
  rmSync(draft, { recursive: true, force: true });
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (home.user.uid !== undefined) chownSync(passwordFile, home.user.uid, home.user.gid ?? home.user.uid);
    const flags = [
      "-D",
      draft,
      "-U",
      "postgres",
      "-E",
      "UTF8",
      "-A",
      "scram-sha-256",
      `--pwfile=${passwordFile}`,
      "-N",
    ];
    const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
    const first = await initdb(home, [...flags, ...locale, "--lc-ctype=C.UTF-8"]);
    const made = first.code === 0 ? first : await initdb(home, [...flags, ...locale], draft);
    if (made.code !== 0) throw refusal("The embedded database could not be made", made.said);
    renameSync(draft, home.cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

async function initdb(
  home: PostgresHome,
  flags: string[],
  remove?: string,
): Promise<{ code: number; said: string }> {
  if (remove !== undefined) rmSync(remove, { recursive: true, force: true });
  const child = spawn(join(home.native, "bin", "initdb"), flags, {
    ...ids(home.user),
    cwd: "/",
    env: plainEnvironment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (said += String(piece)));
  const code = await new Promise<number>((done) => {
    child.on("close", (status) => done(status ?? 1));
    child.on("error", () => done(1));
  });
  return { code, said };
}

function refusal(what: string, said: string): StartError {
  if (isDiskFull(said)) {
    return new StartError(
      `${what}: the disk is full. What was there is unharmed.`,
      "Free some space and start again.",
    );
  }
  const reason =
    said.split("\n").findLast((line) => /error|fatal|panic/i.test(line)) ?? said.trim().split("\n").at(-1);
  return new StartError(
    `${what}: ${reason ?? "it says nothing"}`,
    "Set DATABASE_URL to use a Postgres of your own.",
  );
}

type Running = { child: ChildProcess; port: number };

async function launch(
  home: PostgresHome,
  settings: Record<string, string>,
  password: string,
  debug: (line: string) => void,
  wanted?: number,
): Promise<Running> {
  const port = wanted ?? (await freePort());
  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const child = spawn(join(home.native, "bin", "postgres"), ["-D", home.cluster, ...flags], {
    ...ids(home.user),
    cwd: "/",
    env: plainEnvironment,
    // Its own session: Ctrl-C in the terminal must reach Baton first, which still needs its database to drain.
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said: string[] = [];
  if (child.stderr) {
    createInterface({ input: child.stderr }).on("line", (line) => {
      if (said.push(line) > 40) said.shift();
      debug(line);
    });
  }
  const gone = new Promise<"gone">((done) =>
    child.once("exit", () => done("gone")).once("error", () => done("gone")),
  );
  const url = address("postgres", password, { port, root: home.root }, "postgres");
  for (let tries = 0; tries < 4000; tries += 1) {
    const found = await Promise.race([gone, answers(url)]);
    if (found === "gone") break;
    if (found) return { child, port };
    await pause(15);
  }
  const text = said.join("\n");
  if (wanted === undefined && text.includes("Address already in use"))
    return launch(home, settings, password, debug);
  throw refusal("The embedded database does not start", text);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Makes the ordinary role, its database and the extensions; safe to say again at every start. */
async function makeRoom(adminUrl: string, password: string): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    const role = await admin.query("SELECT 1 FROM pg_roles WHERE rolname = 'baton'");
    const verb = role.rowCount === 0 ? "CREATE" : "ALTER";
    const rights = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE";
    await admin.query(`${verb} ROLE baton ${rights} PASSWORD ${admin.escapeLiteral(password)}`);
    const database = await admin.query("SELECT 1 FROM pg_database WHERE datname = 'baton'");
    if (database.rowCount === 0) await admin.query("CREATE DATABASE baton OWNER baton");
  });
  const inside = new URL(adminUrl);
  inside.pathname = "/baton";
  await asAdmin(inside.href, async (admin) => {
    for (const name of ["pg_trgm", "unaccent", "btree_gin"])
      await admin.query(`CREATE EXTENSION IF NOT EXISTS ${name}`);
  });
}

async function asAdmin(url: string, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
