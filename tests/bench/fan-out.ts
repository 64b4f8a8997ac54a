// One stored message to a thousand streams: what a delivery costs, and when the last one has it.
import { setTimeout as pause } from "node:timers/promises";
import type { Contender, Name } from "./contenders.ts";
import { add, atMost, type Gathered, median, times } from "./figures.ts";
import { chatStream, customerMessage } from "./paths.ts";
import { Connection, openStreams } from "./wire.ts";

const chat = 4_999;

export async function measureFanOut(
  gathered: Gathered,
  contenders: Record<Name, Contender>,
  options: { streams: number; events: number; order: Name[] },
): Promise<void> {
  const to = `to ${options.streams.toLocaleString("en-GB")} streams`;
  const cost = gathered.line(`Fan-out ${to}, processor time`, "µs a delivery", [
    atMost("needed", 2, "≤ 2 × bare", times("bare")),
    atMost("goal", 1.2, "≤ 1.2 × bare", times("bare")),
  ]);
  const last = gathered.line(`Fan-out ${to}, last delivery`, "ms", [
    atMost("goal", 1.3, "≤ 1.3 × bare", times("bare")),
  ]);
  for (const name of options.order) {
    const found = await fan(contenders[name], options.streams, options.events);
    add(cost, name, found.cpu);
    add(last, name, found.last);
  }
}

async function fan(contender: Contender, streams: number, events: number) {
  const { path, token } = chatStream(contender, chat);
  const open = await openStreams(
    contender.port,
    Array.from({ length: streams }, () => ({ path, token })),
  );
  const connection = new Connection(contender.port);
  await pause(500);
  await sendTo(open, connection, contender, 10);
  const before = await contender.measure("cpu");
  const took = await sendTo(open, connection, contender, events);
  const after = await contender.measure("cpu");
  connection.close();
  for (const stream of open) stream.close();
  await pause(300);
  return { cpu: ((after.cpuMs - before.cpuMs) * 1_000) / (streams * events), last: median(took) };
}

/** Sends events one after another, each when the last reader has the one before; answers how long each took to all. */
async function sendTo(
  open: Awaited<ReturnType<typeof openStreams>>,
  connection: Connection,
  contender: Contender,
  events: number,
): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < events; n += 1) {
    const mark = `mark-${crypto.randomUUID()}`;
    let missing = open.length;
    const all = new Promise<void>((done, fail) => {
      const late = setTimeout(() => fail(new Error(`${missing} streams missed an event`)), 10_000);
      for (const stream of open) {
        let tail = "";
        stream.listen((text) => {
          tail = tail === "" ? text : (tail + text).slice(-10_000);
          if (!tail.includes(mark)) return;
          stream.listen(undefined);
          missing -= 1;
          if (missing > 0) return;
          clearTimeout(late);
          done();
        });
      }
    });
    const began = performance.now();
    const answered = connection.ask(customerMessage(contender, chat, `Where is my order? ${mark}`));
    await all;
    took.push(performance.now() - began);
    await answered;
    await pause(20);
  }
  return took;
}
