import { callSql } from "#lib/db";
import { groupCommit } from "#lib/group-commit";
import { once } from "#lib/registry";

/** A command as the SQL function `append` reads it. */
export type Asked = { companyId: string; conversationId: string } & Record<string, unknown>;

/** Commits one command: those that come while others are under way share a commit with them. */
export function write(asked: Asked): Promise<Answered> {
  return once("log.write", () => groupCommit(writeAll, { lanes: 2, most: 32, enough: 8 }))(asked);
}

async function writeAll(asked: Asked[]): Promise<Answered[]> {
  const inOrder = lockingOrder(asked);
  const commands = JSON.stringify(inOrder.map(({ command }) => command));
  const [row] = await callSql<{ answers: Answered[] }>("SELECT append($1::jsonb) AS answers", [commands], {
    name: "append",
  });
  const answers: Answered[] = asked.map(() => ({ outcome: "not_found" }));
  for (const [n, answer] of (row?.answers ?? []).entries()) answers[inOrder[n]?.at ?? 0] = answer;
  return answers;
}

/**
 * Puts commands in the one order in which all commits lock, so that no two wait for each other: company by company,
 * there each conversation once, and those that have more than one command again.
 */
function lockingOrder(asked: Asked[]): { command: Asked; at: number }[] {
  const turns = new Map<string, number>();
  const placed = asked.map((command, at) => {
    const turn = turns.get(command.conversationId) ?? 0;
    turns.set(command.conversationId, turn + 1);
    return { command, at, turn };
  });
  return placed.sort(
    (a, b) =>
      compare(a.command.companyId, b.command.companyId) ||
      a.turn - b.turn ||
      compare(a.command.conversationId, b.command.conversationId),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export type Answered = {
  outcome: "done" | "duplicate" | "conflict" | "not_found" | "stranger";
  conversation?: Record<string, unknown>;
  /** Told where its operator is not the one that the command knows. */
  names?: Record<string, unknown> | null;
  message?: Record<string, unknown>;
  seqs?: number[];
  superseded?: { runId: string; messageId: string }[];
};
