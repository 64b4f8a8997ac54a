// Appends to the log as fast as it can; as a worker thread it does so as another process would, with a pool of its own.
import { parentPort, workerData } from "node:worker_threads";
import type { State } from "#contracts/conversation";
import { callSql, closeDatabase, openDatabase } from "#lib/db";
import { append, type ConversationRecord } from "#services/conversations";
import { pick, seeded } from "#support/random";

export type Storm = { conversations: ConversationRecord[]; seed: number; rounds: number; operatorId: string };
export type Rival = Storm & { url: string; beside: number };

const states = ["ACTIVE", "WAITING_HUMAN", "WITH_HUMAN", "RESOLVED"] as const satisfies State[];

/** Sends rounds of many commands at once, some conversations twice in one; answers how many were stored, and what failed. */
export async function storm({ conversations, seed, rounds, operatorId }: Storm) {
  const random = seeded(seed);
  const known = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  const errors: string[] = [];
  let said = 0;
  for (let round = 0; round < rounds; round += 1) {
    const asked = Array.from({ length: 2 + Math.floor(random() * 12) }, () => pick(random, conversations).id);
    const answers = await Promise.allSettled(
      asked.map((id) => {
        const now = new Date();
        const before = known.get(id) ?? pick(random, conversations);
        if (random() < 0.3) {
          const author = { kind: pick(random, ["customer", "operator"] as const) };
          return append(before, { now, messages: [{ author, text: `round ${round}` }] });
        }
        const state = pick(random, states);
        const operator = state === "WITH_HUMAN" ? { operatorId } : {};
        return append(before, { now, change: { move: "transfer", state, waitingSince: now, ...operator } });
      }),
    );
    for (const answer of answers) {
      if (answer.status === "rejected") errors.push(String(answer.reason));
      else {
        known.set(answer.value.conversation.id, answer.value.conversation);
        if (answer.value.outcome === "done") said += answer.value.seqs.length;
      }
    }
  }
  return { errors, said };
}

/** Opens the database with one connection that shares its counters with another's backend, so that the two must meet. */
async function openBeside(url: string, backend: number): Promise<void> {
  for (;;) {
    openDatabase(url, { max: 1 });
    const [row] = await callSql<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    if (row !== undefined && row.pid % 8 === backend % 8) return;
    await closeDatabase();
  }
}

const rival = workerData as Rival | null;
if (rival?.beside !== undefined) {
  await openBeside(rival.url, rival.beside);
  parentPort?.postMessage("ready");
  parentPort?.once("message", async () => {
    const done = await storm(rival);
    await closeDatabase();
    parentPort?.postMessage(done);
  });
}
