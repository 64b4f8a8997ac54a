import { statfsSync } from "node:fs";
import { createServer } from "node:net";
import { Redis } from "ioredis";
import pg from "pg";
import { holderOf, makeDataFolder } from "#lib/data-folder";
import { runningEmbeddedPostgres, startEmbeddedPostgres } from "#lib/embedded-postgres";
import { type Env, readEnv } from "#lib/env";
import { checkMail } from "#lib/mail";
import { assertSafeRole, pendingMigrations } from "#lib/migrate";
import { explainStart, StartError } from "#lib/start-error";

type Look = (env: Env) => Promise<string> | string;

/** Looks at each part by itself, says what it found and how to mend what is broken; gives the number of broken parts. */
export async function doctor(say: (line: string) => void, source = process.env): Promise<number> {
  let broken = 0;
  const look = async (title: string, work: () => Promise<string> | string) => {
    try {
      say(`✓ ${title}: ${await work()}`);
    } catch (error) {
      broken += 1;
      const why = explainStart(error) ?? (error instanceof Error ? error.message : String(error));
      say(`✗ ${title}: ${why}`);
    }
  };
  await look("environment", () => `${Object.keys(readEnv(source)).length} settings read`);
  if (broken > 0) return broken;
  const env = readEnv(source);
  for (const [title, part] of Object.entries(parts)) await look(title, () => part(env));
  say(broken === 0 ? "\nAll is well." : `\n${broken} to mend.`);
  return broken;
}

const parts: Record<string, Look> = {
  node: () => process.version,
  "data folder": dataFolder,
  port,
  database,
  redis,
  model,
  mail,
};

function dataFolder({ BATON_DATA }: Env): string {
  const folder = makeDataFolder(BATON_DATA);
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.round((bavail * bsize) / 1024 ** 2);
  if (free < 500)
    throw new StartError(`Only ${free} MB are free for ${folder}.`, "Free some space: 500 MB is little.");
  return `${folder}, ${free} MB free`;
}

async function port({ PORT, HOST, BATON_DATA }: Env): Promise<string> {
  const holder = holderOf(BATON_DATA);
  if (holder !== undefined) return `${PORT}, Baton runs (process ${holder})`;
  const server = createServer();
  await new Promise<void>((done, fail) => server.once("error", fail).listen(PORT, HOST, done));
  server.close();
  return `${PORT} is free`;
}

async function database({ DATABASE_URL, BATON_DATA }: Env): Promise<string> {
  if (DATABASE_URL !== undefined) return `your own, ${await stateOf(DATABASE_URL)}`;
  const running = runningEmbeddedPostgres(BATON_DATA);
  if (running !== undefined) return `embedded, running, ${await stateOf(running)}`;
  const postgres = await startEmbeddedPostgres({ dataFolder: BATON_DATA });
  try {
    return `embedded, starts, ${await stateOf(postgres.url)}`;
  } finally {
    await postgres.stop();
  }
}

async function stateOf(url: string): Promise<string> {
  await assertSafeRole(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  const { rows } = await client.query<{ version: string }>(
    "SELECT current_setting('server_version') AS version",
  );
  await client.end();
  const pending = await pendingMigrations(url);
  const schema =
    pending.length === 0 ? "schema up to date" : `${pending.length} migrations to come (npm start runs them)`;
  return `PostgreSQL ${rows[0]?.version}, ${schema}`;
}

async function redis({ REDIS_URL }: Env): Promise<string> {
  if (REDIS_URL === undefined) return "none, one process needs none";
  const client = new Redis(REDIS_URL, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.ping();
    return "answers";
  } catch (error) {
    throw new StartError("Redis does not answer.", "Check REDIS_URL, and that Redis runs there.", {
      cause: error,
    });
  } finally {
    client.disconnect();
  }
}

async function model({ OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL }: Env): Promise<string> {
  if (OPENAI_API_KEY === undefined && OPENAI_BASE_URL === undefined) {
    return "none connected, the keyless answerer works from the articles";
  }
  const base = OPENAI_BASE_URL ?? "https://api.openai.com/v1";
  const headers = OPENAI_API_KEY === undefined ? undefined : { authorization: `Bearer ${OPENAI_API_KEY}` };
  const answer = await fetch(`${base.replace(/\/$/, "")}/models`, {
    headers,
    signal: AbortSignal.timeout(8000),
  }).catch(() => undefined);
  if (answer === undefined)
    throw new StartError(`${base} does not answer.`, "Check OPENAI_BASE_URL and the network.");
  if (answer.status === 401 || answer.status === 403) {
    throw new StartError(`${base} refuses the key.`, "Check OPENAI_API_KEY.");
  }
  return `${OPENAI_MODEL} at ${base}`;
}

async function mail({ SMTP_URL }: Env): Promise<string> {
  if (SMTP_URL === undefined) return "none, nobody is told anything by e-mail";
  try {
    await checkMail(SMTP_URL);
  } catch (cause) {
    throw new StartError("The mail server does not answer, or refuses the sign-in.", "Check SMTP_URL.", {
      cause,
    });
  }
  return `answers at ${new URL(SMTP_URL).host}`;
}
