// How many durable messages, and how many trivial answers, each contender gives in a second.
import type { Contender, Name } from "./contenders.ts";
import { add, atLeast, type Gathered, times } from "./figures.ts";
import { customerMessage } from "./paths.ts";
import { Connection, rawRequest } from "./wire.ts";

const connections = 32;

export async function measureDurable(
  gathered: Gathered,
  contenders: Record<Name, Contender>,
  options: { milliseconds: number; order: Name[] },
): Promise<void> {
  const messages = gathered.line("Durable messages", "a second", [
    atLeast("needed", 0.35, "≥ 0.35 × bare", times("bare")),
    atLeast("needed", 2, "≥ 2 × plain Next", times("next")),
    atLeast("goal", 0.6, "≥ 0.6 × bare", times("bare")),
  ]);
  const cost = gathered.line("Durable messages, server's processor time", "µs each");
  const rows = gathered.line("Durable messages, bare Node keeping the same rows", "a second");
  for (const name of options.order) {
    const contender = contenders[name];
    const text = "Where is my order? It should be here.";
    const { rate, cpu } = await saturate(
      contender,
      (n) => customerMessage(contender, n % 1_024, text),
      options.milliseconds,
    );
    add(messages, name, rate);
    add(cost, name, cpu);
    if (name !== "bare") {
      add(rows, name, rate);
      continue;
    }
    const kept = (n: number) => customerMessage(contender, n % 1_024, text, "record");
    add(rows, name, (await saturate(contender, kept, options.milliseconds)).rate);
  }
}

export async function measureTrivial(
  gathered: Gathered,
  contenders: Record<Name, Contender>,
  options: { milliseconds: number; order: Name[] },
): Promise<void> {
  const answers = gathered.line("Trivial answers", "a second");
  const cost = gathered.line("Trivial answers, server's processor time", "µs each");
  const request = rawRequest({ path: "/api/health/live" });
  for (const name of options.order) {
    const { rate, cpu } = await saturate(contenders[name], () => request, options.milliseconds);
    add(answers, name, rate);
    add(cost, name, cpu);
  }
}

/** Asks over many connections as fast as answers come, after a warm-up; answers how many came in a second, and what each cost. */
export async function saturate(
  contender: Contender,
  request: (n: number) => string,
  milliseconds: number,
): Promise<{ rate: number; cpu: number }> {
  const open = Array.from({ length: connections }, () => new Connection(contender.port));
  let asked = 0;
  const until = async (end: number) => {
    let answered = 0;
    await Promise.all(
      open.map(async (connection) => {
        while (performance.now() < end) {
          const { status, body } = await connection.ask(request(asked++));
          if (status >= 300) throw new Error(`${contender.name} answered ${status}: ${body}`);
          answered += 1;
        }
      }),
    );
    return answered;
  };
  await until(performance.now() + milliseconds / 3);
  const before = await contender.measure("cpu");
  const began = performance.now();
  const answered = await until(began + milliseconds);
  const seconds = (performance.now() - began) / 1_000;
  const after = await contender.measure("cpu");
  for (const connection of open) connection.close();
  return { rate: answered / seconds, cpu: ((after.cpuMs - before.cpuMs) * 1_000) / answered };
}
