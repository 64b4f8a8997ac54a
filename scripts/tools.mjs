// The two programs that tests need and npm cannot bring: Chromium and redis-server.
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, Stop, step } from "./ground.mjs";

const tools = [
  {
    needed: "chromium",
    names: ["chromium", "chromium-browser", "google-chrome"],
    packages: ["chromium", "chromium-headless-shell", "fonts-liberation"],
  },
  { needed: "redis-server", names: ["redis-server"], packages: ["redis-server"] },
];

/** Finds Chromium and redis-server, or installs Debian's packages, or says what to install. */
export async function ensureTools() {
  const missing = tools.filter(({ names }) => !names.some(onPath));
  if (missing.length === 0) return;
  const packages = missing.flatMap((tool) => tool.packages);
  const byHand = `apt-get install ${packages.join(" ")}`;
  if (process.getuid?.() !== 0 || !onPath("apt-get")) {
    const needed = missing.map((tool) => tool.needed).join(" and ");
    throw new Stop(`The tests need ${needed}. On Debian: sudo ${byHand}`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await step("Reading Debian's list of packages", () => run("apt-get", ["update", "-q"], { env }));
  const flags = ["install", "-y", "-q", "--no-install-recommends", ...packages];
  await step(`Installing ${packages.join(", ")}`, () => run("apt-get", flags, { env }));
  const still = tools.find(({ names }) => !names.some(onPath));
  if (still !== undefined) throw new Stop(`${still.needed} is still missing after: ${byHand}`);
}

function onPath(name) {
  return [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"].some((folder) =>
    runnable(join(folder, name)),
  );
}

function runnable(file) {
  if (!existsSync(file)) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
