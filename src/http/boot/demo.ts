import { env } from "#lib/env";
import { isAppError } from "#lib/errors";
import { log } from "#lib/log";
import { type DemoCompany, getAgent, makeDemoCompany } from "#services/accounts";
import { importArticles, listArticles } from "#services/knowledge";
import { tellDemo } from "./past/tell.ts";

type Options = {
  /** Where people reach this process. */
  baseUrl?: string;
  /** The port it really listens on. */
  port?: number;
  /** The folder with the demo's help articles. */
  articles?: string;
  /** The file with what is going on in the demo just now. */
  stories?: string;
  /** The folder from which a month of the demo's past is made up; empty where none is wanted. */
  past?: string;
};

/** Makes the demo company with its people, agent and articles; on a later start it only follows a changed address. */
export async function bootstrapDemo({
  baseUrl = env.PUBLIC_BASE_URL,
  port = env.PORT,
  articles = "demo/help-centre",
  stories = "demo/conversations.json",
  past = env.DEMO_PAST ? "demo/past" : "",
}: Options = {}): Promise<DemoCompany> {
  const origins = [new URL(baseUrl).origin, `http://localhost:${port}`, `http://127.0.0.1:${port}`];
  const demo = await makeDemoCompany([...new Set(origins)]);
  const who = { companyId: demo.companyId };
  // Once only: what the owner changes or removes later stays so.
  const empty = demo.created || (await listArticles(who, { limit: 1 })).articles.length === 0;
  if (empty) await importOnce(who, articles);
  await tellOnce(demo, { stories, past, now: new Date() });
  return demo;
}

async function tellOnce(
  { companyId, agentId }: DemoCompany,
  telling: { stories: string; past: string; now: Date },
): Promise<void> {
  try {
    const { name } = await getAgent({ kind: "system", companyId }, agentId);
    await tellDemo({ companyId, agent: { id: agentId, name } }, telling);
  } catch (error) {
    // A demo without a past is better than no start; the next start tells it.
    log.warn({ err: error }, "What happened in the demo company could not be told");
  }
}

async function importOnce(who: { companyId: string }, folder: string): Promise<void> {
  try {
    await importArticles(who, folder);
  } catch (error) {
    // Another process that starts at the same moment brings the same articles in, all of them or none.
    if (!isAppError(error) || error.code !== "conflict") throw error;
  }
}
