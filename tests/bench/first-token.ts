// From the customer's question to the first word of the answer, the question stored before the model is asked.
import { setTimeout as pause } from "node:timers/promises";
import type { Contender, Name } from "./contenders.ts";
import { above, add, atMost, type Gathered, percentile } from "./figures.ts";
import { chats } from "./ground.ts";
import { chatStream, customerMessage } from "./paths.ts";
import { Connection, type OpenStream, openStream, rawRequest } from "./wire.ts";

/** Turns that are not counted: code is compiled, and each connection plans its statements, in the first few dozen. */
const warmUp = 60;

export async function measureFirstToken(
  gathered: Gathered,
  contenders: Record<Name, Contender>,
  options: { turns: number; round: number; order: Name[]; modelPort: number },
): Promise<void> {
  const p50 = gathered.line("First token, p50 (floor: the model itself)", "ms", [
    atMost("needed", 8, "≤ + 8 ms", above("floor")),
    atMost("goal", 3, "≤ + 3 ms", above("floor")),
  ]);
  const p95 = gathered.line("First token, p95", "ms", [atMost("goal", 8, "≤ + 8 ms", above("floor"))]);
  await directly(options.modelPort, warmUp);
  const direct = await directly(options.modelPort, options.turns);
  add(p50, "floor", percentile(direct, 0.5));
  add(p95, "floor", percentile(direct, 0.95));
  for (const name of options.order) {
    const found = await turns(contenders[name], options.turns, options.round);
    add(p50, name, percentile(found, 0.5));
    add(p95, name, percentile(found, 0.95));
  }
}

async function directly(port: number, count: number): Promise<number[]> {
  const found: number[] = [];
  const connection = new Connection(port);
  const messages = [{ role: "user", content: "Can I return my order?" }];
  const request = rawRequest({
    method: "POST",
    path: "/v1/chat/completions",
    body: { model: "bench", stream: true, messages },
  });
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    let first: number | undefined;
    connection.onPiece = (text) => {
      if (text.includes('"content":"You')) first ??= performance.now() - began;
    };
    await connection.ask(request);
    if (first !== undefined) found.push(first);
    await pause(5);
  }
  connection.close();
  return found;
}

async function turns(contender: Contender, count: number, round: number): Promise<number[]> {
  const found: number[] = [];
  const connection = new Connection(contender.port);
  const size = count + warmUp;
  for (let n = 0; n < size; n += 1) {
    // A chat of its own for each turn, so that no turn has a longer history than another.
    const chat = chats.withPerson + ((round * size + n) % chats.withAgent);
    const { path, token } = chatStream(contender, chat);
    const stream = await openStream(contender.port, path, token);
    await pause(20);
    const began = performance.now();
    const spoken = answerOn(stream);
    await connection.ask(customerMessage(contender, chat, "Can I return my order within a month?", "answer"));
    const took = (await spoken) - began;
    if (n >= warmUp) found.push(took);
    stream.close();
    await pause(5);
  }
  connection.close();
  return found;
}

/** Resolves when the answer is complete, with the moment of its first word. */
function answerOn(stream: OpenStream): Promise<number> {
  return new Promise((done, fail) => {
    let first: number | undefined;
    let all = "";
    const late = setTimeout(() => fail(new Error(`No answer came: ${all.slice(-500)}`)), 10_000);
    stream.listen((text) => {
      all += text;
      if (first === undefined && all.includes("event: delta")) first = performance.now();
      if (first === undefined || !all.includes("event: complete")) return;
      clearTimeout(late);
      done(first);
    });
  });
}
