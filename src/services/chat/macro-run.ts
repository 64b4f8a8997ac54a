import { type CannedValues, cannedValues, cannedVariables, renderCanned } from "#contracts/canned-words";
import type { MacroAction } from "#contracts/desk-actions";
import type { MacroPreview, MacroRun } from "#contracts/desk-tools";
import { read } from "#lib/db";
import { AppError, isAppError } from "#lib/errors";
import { getCompany, listOperators, type Staff } from "#services/accounts";
import {
  type ConversationRecord,
  conversationRow,
  customerName,
  findConversation,
} from "#services/conversations";
import { act } from "./desk-act.ts";
import { type Names, sentenceOf } from "./desk-words.ts";
import { sendReply } from "./send-reply.ts";

/**
 * What the steps of a macro would do, in sentences; to a conversation with their words filled in, otherwise as they are
 * written. Throws `not_found`.
 */
export async function previewActions(
  who: Staff,
  conversationId: string | undefined,
  actions: MacroAction[],
): Promise<MacroPreview> {
  const conversation = conversationId === undefined ? undefined : await findConversation(who, conversationId);
  const [names, values] = await Promise.all([namesOf(who), conversation && valuesOf(who, conversation)]);
  return {
    steps: actions.map((action) => {
      const sentence = sentenceOf(action, names);
      return "text" in action ? { sentence, ...preview(action, values) } : { sentence };
    }),
  };
}

/**
 * Does the steps of a macro in their order, each through the service that does it anyway. One that cannot be done stops
 * it: what was done before stays done, and the answer says so. Throws `not_found`.
 */
export async function runActions(
  who: Staff,
  { conversationId, clientId }: { conversationId: string; clientId: string },
  actions: MacroAction[],
  now = new Date(),
): Promise<MacroRun> {
  const conversation = await findConversation(who, conversationId);
  const [names, values] = await Promise.all([namesOf(who), valuesOf(who, conversation)]);
  const steps: MacroRun["steps"] = [];
  let stopped = false;
  for (const [at, action] of actions.entries()) {
    const sentence = sentenceOf(action, names);
    if (stopped) {
      steps.push({ sentence, outcome: "skipped" });
      continue;
    }
    try {
      const place = { conversationId, clientId: `${clientId}:${at}` };
      const undo =
        "text" in action
          ? await say(who, place, action, values)
          : await act(who, conversationId, action, now);
      steps.push({ sentence, outcome: "done", undo });
    } catch (error) {
      if (!isAppError(error)) throw error;
      steps.push({ sentence, outcome: "failed", problem: error.message });
      stopped = true;
    }
  }
  return { steps, row: conversationRow(await findConversation(who, conversationId)) };
}

async function say(
  who: Staff,
  { conversationId, clientId }: { conversationId: string; clientId: string },
  action: Extract<MacroAction, { text: string }>,
  values: CannedValues,
): Promise<undefined> {
  const audience = action.kind === "note" ? "operators" : "all";
  await sendReply(who, conversationId, { clientId, text: wordsOf(action, values), audience });
}

/** Fills in the words of a step. Throws `conflict` with a sentence where something is not known that they need. */
function wordsOf({ text }: { text: string }, values: CannedValues): string {
  const rendered = renderCanned(text, values);
  const [missing] = rendered.missing;
  if (missing === undefined) return rendered.text;
  throw new AppError(
    "conflict",
    `Not known: ${cannedVariables[missing]}. A fallback helps: {{${missing}|there}}.`,
  );
}

function preview(
  action: { text: string },
  values: CannedValues | undefined,
): { text: string; problem?: string } {
  if (values === undefined) return { text: action.text };
  try {
    return { text: wordsOf(action, values) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { text: action.text, problem: error.message };
  }
}

async function namesOf({ companyId }: Staff): Promise<Names> {
  const [operators, teams] = await Promise.all([
    listOperators(companyId),
    read<{ id: string; name: string }>(
      companyId,
      "SELECT id, name FROM team WHERE company_id = $1 LIMIT 500",
      [companyId],
    ),
  ]);
  return {
    operators: new Map(operators.map(({ id, name }) => [id, name])),
    teams: new Map([[companyId, "Everyone"], ...teams.map(({ id, name }): [string, string] => [id, name])]),
  };
}

async function valuesOf(who: Staff, conversation: ConversationRecord): Promise<CannedValues> {
  const { contactId: id, contactName: name, agentName, topic } = conversation;
  const company = await getCompany(who);
  return cannedValues({
    customer: { id, name: customerName({ id, name }) },
    operator: { name: who.name },
    company: { name: company.name },
    agent: { name: agentName },
    topic,
  });
}
