// Makes the Prisma client in src/generated/prisma, without asking the internet for an engine it does not need.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const env = {
  ...process.env,
  // Prisma only looks whether this file exists; generating needs no engine.
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
  CHECKPOINT_DISABLE: "1",
};
const prisma = join(root, "node_modules", "prisma", "build", "index.js");
const said = spawnSync(process.execPath, [prisma, "generate"], { cwd: root, env, encoding: "utf8" });
if (said.status !== 0) process.stderr.write(`${said.stdout}${said.stderr}`);
process.exit(said.status ?? 1);
