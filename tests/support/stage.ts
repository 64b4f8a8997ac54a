import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SessionView } from "#contracts/chat";
import { closeBus, openBus } from "#lib/bus";
import { closeDatabase, openDatabase } from "#lib/db";
import { forget } from "#lib/registry";
import {
  closeIdentity,
  createApiKey,
  createCompanyWithOwner,
  type OperatorWho,
  signInAs,
} from "#services/accounts";
import { type ModelClient, openaiModel } from "#services/ai";
import { startAnswers } from "#services/chat";
import { startTicker } from "#services/notifications";
import { closeRateLimits } from "#services/rate-limit";
import { anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { type Door, type DoorName, openDoor } from "#support/doors";
import { routeModules } from "#support/routes";

type Headers = Record<string, string>;
export type Answered<T = Record<string, unknown>> = { status: number; body: T; text: string };

/** Somebody who may work in a company, by each way of being recognised. */
export type Person = { who: OperatorWho; cookie: Headers };
export type Shop = { companyId: string; agentId: string; owner: Person; key: Headers; keyId: string };
export type Chat = {
  sessionId: string;
  conversationId: string;
  base: string;
  auth: Headers;
  token: string;
};

export type Stage = {
  url: string;
  door: Door;
  database: FreshDatabase;
  ask<T = Record<string, unknown>>(
    method: string,
    path: string,
    headers?: Headers,
    body?: unknown,
  ): Promise<Answered<T>>;
  shop(): Promise<Shop>;
  colleague(shop: Shop, role?: "operator" | "admin"): Promise<Person>;
  chat(shop: { agentId: string }): Promise<Chat>;
  close(): Promise<void>;
};

type Options = {
  door?: DoorName;
  /** Where the bus is real; the process's own bus otherwise. */
  redisUrl?: string;
  /** A server that speaks as a model; the keyless answerer otherwise. */
  modelUrl?: string;
  /** False where another process answers. */
  answers?: boolean;
};

/** Opens every route over a fresh database, as in a whole process, with limits that tests do not reach. */
export async function openStage(options: Options = {}): Promise<Stage> {
  generous();
  const database = await freshDatabase();
  openDatabase(database.url);
  openBus(options.redisUrl);
  const runner = options.answers === false ? undefined : startAnswers(modelAt(options.modelUrl));
  const ticker = startTicker({ heartbeatSeconds: 15 });
  const door = await openDoor(options.door ?? "lane", await routeModules("."));
  const { url } = door;

  const ask: Stage["ask"] = async <T>(
    method: string,
    path: string,
    headers: Headers = {},
    body?: unknown,
  ) => {
    const init: RequestInit = { method, headers: { ...headers }, redirect: "manual" };
    if (body !== undefined) {
      init.headers = { "content-type": "application/json", ...headers };
      init.body = JSON.stringify(body);
    }
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    return { status: response.status, text, body: parsed(text) as T };
  };

  return {
    url,
    door,
    database,
    ask,
    async shop() {
      const email = `${crypto.randomUUID()}@example.com`;
      const { companyId, userId, agentId } = await createCompanyWithOwner({
        company: "Harbour",
        name: "Ada Owner",
        email,
      });
      const who: OperatorWho = { kind: "operator", companyId, userId, name: "Ada Owner", role: "owner" };
      const key = await createApiKey(who, {
        name: "test",
        scopes: ["conversations:read", "conversations:write", "admin"],
      });
      const owner = { who, cookie: await cookieOf(userId, url) };
      return { companyId, agentId, owner, key: { authorization: `Bearer ${key.key}` }, keyId: key.id };
    },
    async colleague(shop, role = "operator") {
      const who = await anOperator(shop.companyId, { name: "Bo Member", role });
      return { who, cookie: await cookieOf(who.userId, url) };
    },
    async chat({ agentId }) {
      const { body, status, text } = await ask<SessionView>("POST", "/api/chat/session", {}, { agentId });
      if (status !== 201) throw new Error(`No session: ${text}`);
      const { sessionId, conversationId, token = "" } = body;
      const auth = { authorization: `Bearer ${token}` };
      return { sessionId, conversationId, token, auth, base: `/api/chat/${sessionId}` };
    },
    async close() {
      await door.close();
      await runner?.drain(200);
      ticker.stop();
      await closeRateLimits();
      await closeBus();
      await closeIdentity();
      await closeDatabase();
      await database.drop();
    },
  };
}

/** The model client of a local server that speaks as a model does. */
export function modelAt(url: string | undefined): ModelClient | undefined {
  return url === undefined ? undefined : openaiModel({ apiKey: "none", baseUrl: url, model: "test" });
}

function generous(): void {
  process.env.BATON_DATA = mkdtempSync(join(tmpdir(), "baton-stage-"));
  process.env.BATON_SECRET = "a secret of the tests, long enough for this";
  for (const name of ["COMPANY", "SESSION", "IP"]) process.env[`RATE_${name}_PER_MINUTE`] = "100000";
  forget("env");
}

async function cookieOf(userId: string, origin: string): Promise<Headers> {
  const cookies = await signInAs(userId);
  return { cookie: cookies.map((cookie) => cookie.split(";")[0]).join("; "), origin };
}

function parsed(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return {};
  }
}
