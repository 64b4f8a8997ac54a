// A company on two platforms, over a Postgres of its own that may crash, served by processes that may be killed.
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { closeBus, openBus } from "#lib/bus";
import { closeDatabase, openDatabase, read } from "#lib/db";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "#lib/embedded-postgres";
import { migrate } from "#lib/migrate";
import { forget } from "#lib/registry";
import type { OperatorWho } from "#services/accounts";
import { createConnection } from "#services/connections";
import { sendAsOperator, takeOver } from "#services/handover";
import { aCompany } from "#support/companies";
import { account } from "#support/fake-graph";
import { until } from "#support/readers";
import {
  customArrivals,
  customReceipt,
  customText,
  type Delivery,
  noAnswers,
  type Platforms,
  postUntilTaken,
  startPlatforms,
  whatsappArrivals,
  whatsappText,
} from "./channels-platforms.ts";
import { type Process, startProcess } from "./process.ts";

export type World = {
  postgres: EmbeddedPostgres;
  admin(): Promise<pg.Client>;
  shop(): Promise<Shop>;
  close(): Promise<void>;
};

/** A company with a custom channel and a WhatsApp number, and the platforms they lead to. */
export type Shop = {
  companyId: string;
  owner: OperatorWho;
  platforms: Platforms;
  paths: { custom: string; whatsapp: string };
  start(env?: Record<string, string>): Promise<Process>;
  close(): Promise<void>;
};

export type Channel = "custom" | "whatsapp";
export type Customer = { channel: Channel; id: string };

/** Starts Postgres with what keeps a commit through its own crash, and fills it with the tables. */
export async function openWorld(): Promise<World> {
  const dataFolder = mkdtempSync(join(tmpdir(), "baton-faults-"));
  chmodSync(dataFolder, 0o711);
  Object.assign(process.env, {
    BATON_DATA: mkdtempSync(join(tmpdir(), "baton-faults-data-")),
    BATON_SECRET: "a secret of the tests, long enough for this",
  });
  forget("env");
  const postgres = await startEmbeddedPostgres({ dataFolder, settings: { fsync: "off" } });
  await migrate(postgres.url);
  openDatabase(postgres.url);
  openBus(undefined);
  const shops: Shop[] = [];
  return {
    postgres,
    async admin() {
      const url = new URL(postgres.adminUrl);
      url.pathname = "/baton";
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      return client;
    },
    async shop() {
      const shop = await openShop(postgres.url);
      shops.push(shop);
      return shop;
    },
    async close() {
      await Promise.all(shops.map((shop) => shop.close()));
      await closeBus();
      await closeDatabase();
      await postgres.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function openShop(databaseUrl: string): Promise<Shop> {
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  const platforms = await startPlatforms(secret);
  const { companyId, agentId, owner } = await aCompany();
  const { phoneNumberId, businessAccountId, token: accessToken, appSecret } = account;
  const settings = {
    custom: { secret, endpoint: platforms.receiver.url },
    whatsapp: { phoneNumberId, businessAccountId, accessToken, appSecret },
  };
  const paths = { custom: "", whatsapp: "" };
  for (const channel of ["custom", "whatsapp"] as const) {
    const body = { channel, name: channel, agentId, settings: settings[channel] };
    const { connection } = await createConnection(owner, body);
    paths[channel] = new URL(connection.webhookUrl).pathname;
  }
  const running: Process[] = [];
  return {
    companyId,
    owner,
    platforms,
    paths,
    async start(env = {}) {
      const started = await startProcess({
        DATABASE_URL: databaseUrl,
        RATE_WEBHOOK_PER_MINUTE: "1000000",
        ...platforms.env,
        ...env,
      });
      running.push(started);
      return started;
    },
    async close() {
      await Promise.all(running.map((each) => each.stop()));
      await platforms.close();
    },
  };
}

/** Some customers of each channel. */
export function customers(each: number): Customer[] {
  return Array.from({ length: each }, (_, n) => [
    { channel: "custom" as const, id: `customer-${n}` },
    { channel: "whatsapp" as const, id: `1650555${String(1_000 + n)}` },
  ]).flat();
}

/** What a customer's platform posts when they write. */
export function written({ platforms, paths }: Shop, { channel, id }: Customer, text: string): Delivery {
  if (channel === "whatsapp") return whatsappText(paths.whatsapp, id, text);
  return customText(platforms.secret, paths.custom, id, text);
}

/** What the custom platform posts when it knows what became of a message. */
export function receipt({ platforms, paths }: Shop, id: string): Delivery {
  return customReceipt(platforms.secret, paths.custom, id);
}

export type Entry = { customer: string; author: string; text: string };

/** All words of a shop's conversations, in the order of their logs. */
export function words({ companyId }: Shop): Promise<Entry[]> {
  return read<Entry>(
    companyId,
    `SELECT t.key AS customer, m.author_kind AS author, m.text FROM message m
     JOIN conversation c ON c.id = m.conversation_id JOIN thread t ON t.id = c.thread_id
     WHERE m.company_id = $1 ORDER BY m.conversation_id, m.seq`,
    [companyId],
  );
}

/** What each customer has said, by the log. */
export async function saidBy(shop: Shop): Promise<Map<string, string[]>> {
  const theirs = (await words(shop)).filter(({ author }) => author === "customer");
  const byCustomer = Map.groupBy(theirs, ({ customer }) => customer);
  return new Map([...byCustomer].map(([customer, entries]) => [customer, entries.map(({ text }) => text)]));
}

export type Sent = { key: string; channel: Channel; customer: string; state: string; text: string };

/** Every message of ours that was to leave, in the order of its conversation. */
export function leaving({ companyId }: Shop): Promise<Sent[]> {
  return read<Sent>(
    companyId,
    `SELECT d.message_id AS key, k.channel, t.key AS customer, d.state, m.text FROM delivery d
     JOIN message m ON m.id = d.message_id JOIN connection k ON k.id = d.connection_id JOIN thread t ON t.id = d.thread_id
     WHERE d.company_id = $1 ORDER BY d.conversation_id, d.seq`,
    [companyId],
  );
}

/** Waits until every delivery of a shop is read, every answer is written, and every message of ours has left. */
export async function atRest(shop: Shop, timeoutMs = 30_000): Promise<number> {
  const open = async () => {
    const [row] = await read<{ open: number }>(
      shop.companyId,
      `SELECT (SELECT count(*) FROM webhook_delivery WHERE company_id = $1 AND state = 'received')
            + (SELECT count(*) FROM run WHERE company_id = $1 AND state IN ('queued', 'running'))
            + (SELECT count(*) FROM delivery WHERE company_id = $1 AND state IN ('waiting', 'sending')) AS open`,
      [shop.companyId],
    );
    return Number(row?.open ?? 1);
  };
  // The pool may still hold connections of a server that crashed.
  return until("all is done", async () => (await open().catch(() => 1)) === 0, timeoutMs);
}

/** Lets every customer say hello, and a person take each conversation over. Answers the conversations by customer. */
export async function withAPerson(shop: Shop, all: Customer[], url: string): Promise<Map<string, string>> {
  const hello = (customer: Customer) =>
    postUntilTaken(() => url, written(shop, customer, "Hello"), noAnswers());
  await Promise.all(all.map(hello));
  await until("all are there", async () => (await saidBy(shop)).size === all.length, 15_000);
  await atRest(shop);
  const rows = await read<{ key: string; id: string }>(
    shop.companyId,
    "SELECT key, conversation_id AS id FROM thread WHERE company_id = $1",
    [shop.companyId],
  );
  for (const { id } of rows) await takeOver(shop.owner, id);
  await atRest(shop);
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** Stores what the person says in a conversation, whether or not a process is there to deliver it. */
export async function say({ owner }: Shop, conversationId: string, text: string): Promise<void> {
  await sendAsOperator(owner, conversationId, { clientId: text, text, audience: "all" });
}

/** The same, again and again while the database is away. */
export async function sayUntilStored(shop: Shop, conversationId: string, text: string): Promise<void> {
  await until(
    "it is stored",
    () =>
      say(shop, conversationId, text).then(
        () => true,
        () => false,
      ),
    20_000,
  );
}

/** How many deliveries of a shop's platforms were stored. */
export async function stored({ companyId }: Shop): Promise<number> {
  const [row] = await read<{ n: number }>(
    companyId,
    "SELECT count(*)::int AS n FROM webhook_delivery WHERE company_id = $1",
    [companyId],
  );
  return row?.n ?? 0;
}

/** Counts what we sent and what arrived; answers what a test has to look at. */
export async function bothEnds(shop: Shop) {
  const ours = await leaving(shop);
  const [atCustom, atWhatsApp] = [customArrivals(shop.platforms), whatsappArrivals(shop.platforms)];
  const times = (key: string) => atWhatsApp.filter((arrival) => arrival.key === key).length;
  const known = new Set(ours.map(({ key }) => key));
  return {
    ours,
    custom: {
      sent: ours.filter(({ channel }) => channel === "custom"),
      taken: [...shop.platforms.receiver.taken.keys()],
      tries: atCustom,
    },
    whatsapp: ours
      .filter(({ channel }) => channel === "whatsapp")
      .map((sent) => ({ ...sent, arrived: times(sent.key) })),
    strangers: [...atCustom, ...atWhatsApp].filter(({ key }) => !known.has(key)),
  };
}
