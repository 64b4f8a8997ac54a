import { env } from "#lib/env";
import { isAppError } from "#lib/errors";
import { type DemoCompany, listOperators, makeDemoCompany } from "#services/accounts";
import { importArticles, listArticles } from "#services/knowledge";
import { tellDemoStories } from "./demo-conversations.ts";

type Options = {
  /** Where people reach this process. */
  baseUrl?: string;
  /** The port it really listens on. */
  port?: number;
  /** The folder with the demo's help articles. */
  articles?: string;
  /** The file with the demo's past conversations. */
  stories?: string;
};

/** Makes the demo company with its people, agent and articles; on a later start it only follows a changed address. */
export async function bootstrapDemo({
  baseUrl = env.PUBLIC_BASE_URL,
  port = env.PORT,
  articles = "demo/help-centre",
  stories = "demo/conversations.json",
}: Options = {}): Promise<DemoCompany> {
  const origins = [new URL(baseUrl).origin, `http://localhost:${port}`, `http://127.0.0.1:${port}`];
  const demo = await makeDemoCompany([...new Set(origins)]);
  const who = { companyId: demo.companyId };
  // Once only: what the owner changes or removes later stays so.
  const empty = demo.created || (await listArticles(who, { limit: 1 })).articles.length === 0;
  if (empty) await importOnce(who, articles);
  if (demo.created) {
    const operator = (await listOperators(demo.companyId)).find(({ role }) => role === "operator");
    if (operator !== undefined) await tellDemoStories({ ...demo, operator }, stories);
  }
  return demo;
}

async function importOnce(who: { companyId: string }, folder: string): Promise<void> {
  try {
    await importArticles(who, folder);
  } catch (error) {
    // Another process that starts at the same moment brings the same articles in, all of them or none.
    if (!isAppError(error) || error.code !== "conflict") throw error;
  }
}
