import type { MessageView } from "#contracts/conversation";
import type { ConversationSummary } from "#contracts/copilot";
import { dataFence, type ModelClient, ModelFailure, SafeOutput } from "#services/ai";
import type { Reader } from "#services/conversations";
import { newNonce } from "./model-draft.ts";
import type { CopilotPorts } from "./ports.ts";
import { summarySystem, transcript } from "./prompt.ts";
import { type Setting, settingOf } from "./setting.ts";
import { isTelling } from "./turn.ts";

/**
 * Sums a conversation up: by the model, or, where there is none or it fails, in the words that were written themselves.
 * Throws `not_found`.
 */
export async function summarise(
  who: Reader,
  conversationId: string,
  { model }: Pick<CopilotPorts, "model">,
  signal: AbortSignal,
): Promise<ConversationSummary> {
  const setting = await settingOf(who, conversationId);
  const { head } = setting.conversation;
  const written = model && (await byModel(model, setting, signal));
  if (written !== undefined) return { by: "model", points: written, head };
  return { by: "keyless", points: extracted(setting.messages), head };
}

const mostPoints = 6;

async function byModel(
  model: ModelClient,
  { house, turn }: Setting,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  if (turn === undefined) return undefined;
  const fence = dataFence(newNonce());
  const output = new SafeOutput({ allows: () => undefined, cite: () => undefined, mostChars: 1_500 });
  try {
    const messages = [{ role: "user" as const, text: transcript(turn.spoken, fence) }];
    const system = summarySystem(house.companyName, house.agent.language, fence);
    for await (const event of model.stream({ system, messages, tools: [], signal })) {
      if (event.type === "text") output.push(event.text);
      if (output.full) break;
    }
    output.end();
  } catch (error) {
    if (signal.aborted || !(error instanceof ModelFailure)) throw error;
    return undefined;
  }
  const points = output.text
    .split("\n")
    .flatMap((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, "").trim() || []);
  return points.length === 0 ? undefined : points.slice(0, mostPoints);
}

/** The conversation in its own words: how it began, what was answered, what was said last. */
export function extracted(messages: readonly MessageView[]): string[] {
  const said = messages.filter(({ author, audience }) => author.kind !== "system" && audience === "all");
  const asked = said.filter(({ author }) => author.kind === "customer");
  const first = asked.find(isTelling) ?? asked[0];
  if (first === undefined) return ["The customer has not written yet."];
  const last = asked.findLast(isTelling) ?? first;
  const answers = said.filter(({ author }) => author.kind === "agent");
  const replies = said.filter(({ author }) => author.kind === "operator");
  const newest = replies.at(-1);
  return [
    `The customer began with “${shortened(first.text)}”${asked.length > 1 ? ` and has written ${asked.length} messages` : ""}.`,
    answered(answers),
    newest === undefined
      ? "No person has replied yet."
      : `${newest.author.name ?? "A colleague"} wrote last for us: “${shortened(newest.text)}”`,
    ...(last === first ? [] : [`The customer's last question: “${shortened(last.text)}”`]),
  ];
}

function answered(answers: readonly MessageView[]): string {
  if (answers.length === 0) return "The assistant has not answered.";
  const times = answers.length === 1 ? "once" : `${answers.length} times`;
  const titles = [
    ...new Set(answers.flatMap(({ sources = [] }) => sources.map(({ title }) => `“${title}”`))),
  ];
  const from = titles.length === 0 ? "" : `, from ${titles.slice(0, 3).join(", ")}`;
  return `The assistant answered ${times}${from}.`;
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= 160 ? line : `${line.slice(0, 157).trimEnd().toWellFormed()}…`;
}
