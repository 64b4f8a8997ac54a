// From a customer's POST to the event on an operator's stream, the durable commit included.
import { setTimeout as pause } from "node:timers/promises";
import type { Contender, Name } from "./contenders.ts";
import { add, atMost, type Gathered, percentile, times } from "./figures.ts";
import { customerMessage, operatorStream } from "./paths.ts";
import { Connection, openStream } from "./wire.ts";

// Few, so that an operator's window has heard of each before it is measured.
const conversations = 32;

export async function measureDelivery(
  gathered: Gathered,
  contenders: Record<Name, Contender>,
  options: { count: number; order: Name[] },
): Promise<void> {
  const p50 = gathered.line("Delivery, p50", "ms", [
    atMost("goal", 1.25, "≤ 1.25 × bare", times("bare")),
    atMost("goal", 3.5, "≤ 3.5 × floor", times("floor")),
  ]);
  const p99 = gathered.line("Delivery, p99", "ms", [atMost("goal", 1.5, "≤ 1.5 × bare", times("bare"))]);
  const floor = await floorOf(contenders.bare, options.count);
  add(p50, "floor", percentile(floor, 0.5));
  add(p99, "floor", percentile(floor, 0.99));
  for (const name of options.order) {
    const found = await deliveries(contenders[name], options.count);
    add(p50, name, percentile(found, 0.5));
    add(p99, name, percentile(found, 0.99));
  }
}

async function deliveries(contender: Contender, count: number): Promise<number[]> {
  const { path, token } = operatorStream(contender);
  const stream = await openStream(contender.port, path, token);
  const connection = new Connection(contender.port);
  await pause(300);
  const found: number[] = [];
  const warmUp = Math.ceil(count / 4);
  for (let n = 0; n < count + warmUp; n += 1) {
    const mark = `mark-${crypto.randomUUID()}`;
    const arrived = heard(stream, mark);
    const began = performance.now();
    const answered = connection.ask(
      customerMessage(contender, n % conversations, `Where is my order? ${mark}`),
    );
    const took = (await arrived) - began;
    if (n >= warmUp) found.push(took);
    await answered;
    await pause(2);
  }
  connection.close();
  stream.close();
  return found;
}

function heard(stream: Awaited<ReturnType<typeof openStream>>, mark: string): Promise<number> {
  return new Promise((done) => {
    let tail = "";
    stream.listen((text) => {
      tail = (tail + text).slice(-20_000);
      if (tail.includes(mark)) done(performance.now());
    });
  });
}

/** The bare process begins, and the time is taken here: both read the same clock of the machine. */
async function floorOf(bare: Contender, count: number): Promise<number[]> {
  const stream = await openStream(bare.port, "/stream/floor");
  const found: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const took = new Promise<number>((done) => {
      stream.listen((text) => {
        const began = /"began":"(\d+)"/.exec(text)?.[1];
        if (began !== undefined) done(Number(process.hrtime.bigint() - BigInt(began)) / 1e6);
      });
    });
    bare.tell("floor");
    found.push(await took);
    await pause(2);
  }
  stream.close();
  return found;
}
