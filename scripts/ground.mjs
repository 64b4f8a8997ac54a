// What every script stands on: Node 24, installed packages, a generated client, a built app.
// It runs on Node 20 without node_modules, so it imports nothing but Node's own modules.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Ends the script with a sentence instead of a stack trace. */
export class Stop extends Error {}

/** Runs a script's body; what it throws is told in a sentence. */
export async function main(body) {
  process.chdir(root);
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    const said = error instanceof Stop || /^E[A-Z]+$/.test(error.code ?? "") ? error.message : error.stack;
    process.stderr.write(`\nBaton: ${said}\n`);
    process.exitCode = 1;
  }
}

export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Installs what the lockfile names, unless it is there already. */
export async function install() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 20)) {
    throw new Stop(
      `Node ${process.versions.node} is too old: Baton needs 20.20 or newer (it brings Node 24 itself).`,
    );
  }
  const stamp = join(root, "node_modules", ".baton-installed");
  const wanted = hashOf(["package-lock.json"]);
  if (read(stamp) === wanted) return;
  const hidden = join(root, "node_modules", ".package-lock.json");
  const byHand =
    existsSync(hidden) && statSync(hidden).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
  if (!existsSync(stamp) && byHand) return writeFileSync(stamp, wanted);
  await step("Installing packages", () => {
    const npm = process.env.npm_execpath;
    const flags = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    return npm?.endsWith(".js") ? run(process.execPath, [npm, ...flags]) : run("npm", flags);
  });
  writeFileSync(stamp, wanted);
}

/** The Node that runs Baton: this one when it is new enough, else the one among the packages. */
export function node24() {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  const brought = join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  if (existsSync(brought)) return brought;
  throw new Stop(
    `Baton runs on Node 24, and brings none for ${process.platform} ${process.arch}: install Node 24.`,
  );
}

/** The environment for whatever we start: Node 24 first on the PATH, nobody told about it, nothing compiled twice. */
export function environment(extra = {}) {
  const path = [dirname(node24()), join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  const compiled = process.env.NODE_COMPILE_CACHE ?? join(root, "node_modules", ".cache", "compiled");
  const ours = { NODE_COMPILE_CACHE: compiled, NEXT_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
  return { ...process.env, PATH: path, ...ours, ...extra };
}

/** Makes the Prisma client, unless the schema is the one it was made from. */
export async function generate() {
  const stamp = join(root, "src", "generated", ".made-from");
  const wanted = hashOf(["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"]);
  if (read(stamp) === wanted) return;
  await step("Generating the database client", () => run(node24(), ["scripts/generate.mjs"]));
  writeFileSync(stamp, wanted);
}

/** Builds the widget and the pages, unless nothing changed since the last time. */
export async function build() {
  const sources = [
    "src",
    "prisma/schema.prisma",
    "public",
    "package-lock.json",
    "next.config.mjs",
    "postcss.config.mjs",
  ];
  const wanted = hashOf(
    [...sources, "tsconfig.json", "scripts/build-widget.mjs"].filter((name) => existsSync(name)),
  );
  const stamp = join(root, ".next", ".built-from");
  if (read(stamp) === wanted) return;
  const env = environment({ NODE_ENV: "production" });
  await buildWidget(env);
  if (existsSync("src/app")) {
    await step("Building the pages", () =>
      run(node24(), ["node_modules/next/dist/bin/next", "build"], { env }),
    );
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Builds the embeddable widget into public/widget. */
export async function buildWidget(env = environment()) {
  if (!existsSync("scripts/build-widget.mjs")) return;
  await step("Building the widget", () => run(node24(), ["scripts/build-widget.mjs"], { env }));
}

/** Says what is being done, and how long it took; throws `Stop` with the end of the output if it failed. */
export async function step(title, work) {
  const start = Date.now();
  say(`  ${title} …`);
  const { code, output } = await work();
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  if (code === 0) return say(`  ${title}: done in ${seconds} s`);
  const full = /ENOSPC|No space left on device/.test(output) ? "The disk is full. " : "";
  throw new Stop(`${full}${title} failed.\n\n${output.trim().split("\n").slice(-40).join("\n")}`);
}

/** Runs a program, and gives its exit code and output; `show` lets it be read while it runs. */
export function run(program, args, { env = process.env, show = false, cwd = root } = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const hear = (to) => (piece) => {
      output = (output + piece).slice(-200_000);
      if (show) to.write(piece);
    };
    child.stdout.on("data", hear(process.stdout));
    child.stderr.on("data", hear(process.stderr));
    child.on("error", (error) => done({ code: 1, output: `${output}\n${program}: ${error.message}` }));
    child.on("close", (code) => done({ code: code ?? 1, output }));
  });
}

/** Hands the terminal over to a TypeScript program under Node 24, passes signals on and keeps its exit code. */
export function become(program, args = [], extra = {}) {
  const file = existsSync(join(root, ".env")) ? ["--env-file=.env"] : [];
  const flags = ["--disable-warning=ExperimentalWarning", ...file];
  const child = spawn(node24(), [...flags, program, ...args], {
    cwd: root,
    env: environment(extra),
    stdio: "inherit",
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
    // At a terminal Ctrl-C reaches the child by itself.
    process.on(signal, () => (signal === "SIGINT" && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  // npm may be ended without passing it on; the program it started then ends in good order.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent || process.env.npm_lifecycle_event === undefined) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 500);
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("exit", () => clearInterval(watch));
    child.on("exit", (code, signal) => done(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesUnder)) hash.update(path).update("\0").update(readFileSync(path));
  return hash.digest("hex");
}

const made = new Set(["src/generated", "public/widget"]);

function filesUnder(path) {
  if (made.has(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(`${path}/${name}`));
}

function read(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
