// How the figures are shown: on the screen and in docs/benchmarks.md.
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { type Goal, type Line, median, type Side, short, spread } from "./figures.ts";
import { findings } from "./findings.ts";
import { desk } from "./operators.ts";
import { senders } from "./platforms.ts";
import { month } from "./reports.ts";
import { vocabulary } from "./search.ts";
import { rate } from "./telephony.ts";
import { past } from "./time-machine.ts";
import { steady } from "./webhooks.ts";

type Facts = {
  rounds: number;
  postgres: string;
  seconds: number;
  quick: boolean;
  size: Record<string, number>;
};

const sides: Side[] = ["floor", "bare", "next", "baton"];
const heads = ["Line", "Unit", "Floor", "Bare Node", "Plain Next", "Baton", "Baton / bare", "Next / bare"];

/** The figures as text for a terminal. */
export function printed(lines: Line[]): string {
  const rows = [heads, ...lines.map(rowOf)];
  const widths = heads.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const goals = lines.flatMap((line) => line.goals.map((goal) => `  ${verdict(line, goal)}`));
  return `\n${table.join("\n")}\n\n${goals.join("\n")}\n\n`;
}

/** The page docs/benchmarks.md. */
export function report(lines: Line[], facts: Facts): string {
  const [cpu] = cpus();
  const row = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const short = lines.flatMap((line) => line.goals.filter((goal) => !holds(line, goal)).map(() => line.name));
  const told = Object.entries(findings).filter(([part]) => short.some((name) => name.startsWith(part)));
  return `# Benchmarks

Written by \`npm run bench\`: all figures come from one run on one machine, the contenders in turn, each round begun by
another one. A cell holds the median of ${facts.rounds} rounds, and the smallest and largest in brackets. Ratios travel to
other machines; the absolute figures do not.

- Machine: ${cpu?.model.trim() ?? "unknown"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB; ${type()} ${release()}; load before the
  report ${loadavg()[0]?.toFixed(1)}. The load tool, Postgres and the contender share these cores.
- Node ${process.versions.node}, PostgreSQL ${facts.postgres} with its durable defaults (fsync and synchronous commit on), bus: ${process.env.REDIS_URL === undefined ? "in-process" : "Redis"}.
- Loopback only: no TLS and no network stands between the load tool and the servers.
- The run took ${facts.seconds} s.${facts.quick ? " It was a quick one: the figures are rough." : ""}

**Bare Node** is \`node:http\` and \`pg\` with the same durable work (number and insert in one statement) and the same
streams, without sign-in, limits, validation, log, tenants or jobs. **Plain Next** is the production build answering the
same route files with the same services, without Baton's own door. **Baton** is what \`npm start\` runs. **Floor** is the
least that a line needs: for a delivery, one committed row, one ring of the bus and one write to a stream, measured one
after another; for a first token, the model server itself.

${row(heads)}
${row(heads.map(() => "---"))}
${lines.map((line) => row(rowOf(line))).join("\n")}

## What was to be reached

${row(["Line", "Wanted", "", "Found", "Reached"])}
${row(["---", "---", "---", "---", "---"])}
${lines.flatMap((line) => line.goals.map((goal) => row(goalRow(line, goal)))).join("\n")}

“needed” is what this version must show; “goal” is where it is to go.
${told.length === 0 ? "" : `\n## Where a figure falls short\n\n${told.map(([part, finding]) => `**${part}.** ${finding}`).join("\n\n")}\n`}
## How each line is measured

- **Delivery**: ${facts.size.deliveries} messages a round, one after another, from the first byte of the customer's POST until the
  event is read from an operator's stream; a person holds the conversation.
- **Durable messages**: 32 connections, 1,024 conversations that a person holds, ${(facts.size.milliseconds ?? 0) / 1_000} s after a warm-up; Baton with
  sign-in, three limits (raised by environment), row-level security, event log, list counters and jobs.
- **Idle streams**: each its own chat session, opened in a fresh process; the slope between the two counts, after
  garbage was collected. The processor's time holds the checks of heads and rights that a stream causes each second.
- **Fan-out**: one stored message to 1,000 windows of one conversation, ${facts.size.events} events a round; the processor's time
  includes storing the message.
- **First token**: a model server in its own process that waits 30 ms before its first word; from the customer's POST
  until the first \`delta\` on their stream, with search in the help centre before the model is asked. The question is
  committed first.
- **Event in operators' streams**: ${desk.operators} operators each with a stream of the same company, whose customers say ${desk.events} things a
  second in conversations that a person holds, while the first page of the inbox is read ${desk.pages} times a second; counted once
  an operator, from the moment at which the customer was to speak.
- **Inbox**: over HTTP on one connection, ${facts.size.requests} requests a round; a first page has 40 rows, page 20 has 10.
- **Trivial answers**: \`GET /api/health/live\`, 32 connections.
- **Webhook intake**: customers' messages of the custom channel (Standard Webhooks) and of WhatsApp, 500 customers each, all
  different and signed before the measuring begins; 32 connections, ${(facts.size.milliseconds ?? 0) / 2_000} s after a warm-up. Baton recognises the
  connection, counts it against its limit, checks the signature, stores the bytes and enqueues the work in one commit;
  bare Node checks the same signature (and the custom channel's moment) and inserts one row under a unique id. Here
  Baton and plain Next run with \`ROLE=web\`: the work is enqueued and nobody does it, as with a worker of its own.
- **Webhook acknowledgement**: ${steady} deliveries a second for ${(facts.size.milliseconds ?? 0) / 1_000} s after two seconds of the same, each counted from
  the moment at which it was to leave, whether or not those before it were answered; what is shed comes again and counts
  from its first try. Here Baton and plain Next run as \`npm start\` does: in the same process the worker reads the
  deliveries meanwhile and writes them into conversations that a person holds.
- **Deliveries out**: ${senders.connections * senders.each} replies of a person in ${senders.connections} conversations, each of a connection of its own (one connection
  sends 20 a second at most), stored before the process starts; from the first to the last at a local receiver that
  answers at once. Each is marked as leaving, signed, posted, and kept as sent.
- **Conversation initiation**: ${rate} calls a second for ${(facts.size.milliseconds ?? 0) / 1_000} s after a second of the same, each counted from the moment at
  which it was to leave; four of five callers have a conversation. Baton recognises the line by number and secret, reads
  what is known of the caller, and stores that they call, with \`ROLE=web\` and once more with the worker in the same
  process, which makes calls of it. Bare Node checks the same secret and reads one row.
- **Search**: the first page, asked of the service itself; up to ${vocabulary.each} of ${vocabulary.words.toLocaleString("en-GB")} words stand in each conversation, the nth
  spoken n times less often than the first.
- **Report**: all numbers of the last ${month.days} days of a company with ${month.conversations.toLocaleString("en-GB")} conversations, asked ${month.requests} times, each
  time after a fact of today has changed; and once in a process that remembers nothing yet. Floor: counting the
  conversations.
- **Time machine**: a draft of the escalation rules over ${past.conversations.toLocaleString("en-GB")} stored conversations of ${past.turns} turns, two decisions
  a turn, with the customers' words and what became of each; a company of its own each round. Floor: the same rows read
  in the same chunks over a plain connection.
`;
}

function rowOf(line: Line): string[] {
  const of = (side: Side) => median(line.sides[side] ?? []);
  const ratio = (side: Side) => {
    const value = of(side) / of("bare");
    return Number.isFinite(value) ? `${short(value)} ×` : "–";
  };
  const cells = sides.map((side) => spread(line.sides[side] ?? []));
  return [line.name, line.unit, ...cells, ratio("baton"), ratio("next")];
}

function holds(line: Line, goal: Goal): boolean {
  return goal.met(goal.value(line));
}

function goalRow(line: Line, goal: Goal): string[] {
  return [line.name, goal.words, goal.kind, short(goal.value(line)), holds(line, goal) ? "yes" : "no"];
}

function verdict(line: Line, goal: Goal): string {
  return `${holds(line, goal) ? "reached    " : "NOT REACHED"}  ${goal.kind.padEnd(6)}  ${line.name}: ${short(goal.value(line))} (${goal.words})`;
}
