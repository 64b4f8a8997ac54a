import { setImmediate } from "node:timers/promises";
import { factsOf } from "#contracts/conditions";
import type { EscalationRule } from "#contracts/escalation";
import { isConnectionError } from "#lib/db";
import { isEnding } from "#lib/jobs";
import { log } from "#lib/log";
import {
  type BacktestJob,
  claimRun,
  countConversations,
  countMembers,
  endRun,
  keepProgress,
  nextConversations,
  type Run,
} from "./backtest-store.ts";
import { type Change, Tally } from "./backtest-tally.ts";
import { recordedTurns } from "./recorded-turns.ts";
import { currentRules } from "./stored-rules.ts";
import { operatorHours, truthsOf } from "./truths.ts";

export type BacktestTimes = {
  /** Conversations that are read at once. */
  chunk: number;
  /** Milliseconds between two notes of how far it is. */
  progressMs: number;
};

/**
 * Carries a run of the time machine through, in chunks. One that was broken off starts anew under a higher attempt, so
 * that of two who hold it only the last one writes; one that was cancelled ends at the next note of its progress.
 */
export async function runBacktest(
  job: BacktestJob,
  { chunk = 200, progressMs = 250 }: Partial<BacktestTimes> = {},
): Promise<void> {
  const run = await claimRun(job);
  if (run === undefined) return;
  try {
    await carry(run, { chunk, progressMs });
  } catch (error) {
    // Asked again later, it may well go through.
    if (error instanceof Postponed || isConnectionError(error)) throw error;
    log.error({ err: error, backtest: job.backtestId }, "A run of the time machine failed");
    await endRun(run, { problem: "The run failed inside. Start it again; the log tells more." }, new Date());
  }
}

/** The process is about to end: whoever goes on takes the run up from its start. */
class Postponed extends Error {}

async function carry(run: Run, { chunk, progressMs }: BacktestTimes): Promise<void> {
  const { companyId, timeZone } = run;
  const rules = run.rules.filter((rule) => rule.enabled);
  const [{ rules: known }, members, total] = await Promise.all([
    currentRules(companyId),
    countMembers(companyId),
    countConversations(run),
  ]);
  const tally = new Tally(rules, { timeZone, known });
  const words = rules.some(searchesWords);
  let changes: Change[] = [];
  let done = 0;
  let after: string | undefined;
  let written = performance.now();
  if (!(await keepProgress(run, { done, total, changes }))) return;

  while (done < total) {
    if (isEnding()) throw new Postponed();
    const ids = await nextConversations(run, { after, limit: Math.min(chunk, total - done) });
    // Some were erased meanwhile.
    if (ids.length === 0) break;
    changes.push(...(await playChunk(tally, companyId, ids, { words })));
    done += ids.length;
    after = ids.at(-1);
    // Whoever streams an answer in this process gets a word in.
    await setImmediate();
    if (performance.now() - written < progressMs) continue;
    if (!(await keepProgress(run, { done, total, changes }))) return;
    changes = [];
    written = performance.now();
  }
  if (!(await keepProgress(run, { done, total, changes }))) return;
  await endRun(run, { report: tally.report({ members }) }, new Date());
}

async function playChunk(
  tally: Tally,
  companyId: string,
  ids: string[],
  { words }: { words: boolean },
): Promise<Change[]> {
  const [turns, truths, hours] = await Promise.all([
    recordedTurns(companyId, ids, { words, sentences: false }),
    truthsOf(companyId, ids),
    operatorHours(companyId, ids),
  ]);
  for (const { operatorId, hour } of hours) tally.sawOperator(operatorId, hour);
  return ids.flatMap((id) => tally.add({ id, turns: turns.get(id) ?? [], truth: truths.get(id) }) ?? []);
}

function searchesWords(rule: EscalationRule): boolean {
  if (rule.trigger === "keyword") return true;
  if (rule.trigger === "explicit_request" && rule.phrases.length > 0) return true;
  return rule.when !== undefined && factsOf(rule.when).some((fact) => fact.on === "keyword");
}
