import { openBus } from "#lib/bus";
import { closeDatabase, openDatabase } from "#lib/db";
import type { OperatorWho } from "#services/accounts";
import { Breaker, openaiModel } from "#services/ai";
import { append, findConversation, type NewMessage } from "#services/conversations";
import type { CopilotPorts } from "#services/copilot";
import { importArticles } from "#services/knowledge";
import { aCompany, aConversation, anOperator } from "#support/company";
import { freshDatabase } from "#support/database";
import { type ModelServer, startModelServer } from "#support/model-server";

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** A database, a model to ask, and conversations that an operator has; each test makes its own. */
export async function openDesk() {
  const database = await freshDatabase();
  openDatabase(database.url, { max: 12 });
  openBus(undefined);
  const model = await startModelServer();
  return {
    database,
    model,
    async close() {
      await model.close();
      await closeDatabase();
      await database.drop();
    },
  };
}

export type Held = { who: OperatorWho; companyId: string; agentId: string; conversationId: string };

/** A conversation that an operator has taken, with the customer's question unanswered. */
export async function aHeldConversation(question = "How long do I have to return a tent?"): Promise<Held> {
  const company = await aCompany();
  await importArticles(company, "demo/help-centre");
  const place = await aConversation(company);
  const who = await anOperator(company.companyId);
  await say(place, { author: { kind: "customer", id: place.contactId }, text: question });
  await append(await findConversation(company, place.conversationId), {
    now: new Date(),
    change: { move: "takeOver", state: "WITH_HUMAN", operatorId: who.userId, operatorName: who.name },
  });
  return { who, ...company, conversationId: place.conversationId };
}

/** Writes a message into a conversation. */
export async function say(
  { companyId, conversationId }: { companyId: string; conversationId: string },
  message: NewMessage,
) {
  const conversation = await findConversation({ companyId }, conversationId);
  const appended = await append(conversation, { now: new Date(), messages: [message] });
  if (appended.outcome !== "done" || !appended.messages[0]) throw new Error("Nothing was said.");
  return appended.messages[0];
}

/** What the co-pilot is given: the model at an address, and these canned responses. */
export function ports(
  server?: ModelServer,
  canned: Awaited<ReturnType<CopilotPorts["canned"]>> = [],
): CopilotPorts {
  const model =
    server &&
    openaiModel({ apiKey: "none", baseUrl: server.url, model: "test", retries: 0, breaker: new Breaker() });
  return { model, canned: async () => canned };
}

/** All that a stream tells. */
export async function heard<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
}

export const never = () => new AbortController().signal;
