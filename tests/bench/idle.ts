// What an idle stream costs: memory by the slope between few and many, and the processor's time for keeping them.
import { setTimeout as pause } from "node:timers/promises";
import { type Contender, type Name, start } from "./contenders.ts";
import { add, atMost, type Gathered, times } from "./figures.ts";
import type { Ground } from "./ground.ts";
import { chatStream } from "./paths.ts";
import { openStreams } from "./wire.ts";

export async function measureIdle(
  gathered: Gathered,
  ground: Ground,
  options: { few: number; many: number; order: Name[]; modelPort: number },
): Promise<void> {
  const { few, many } = options;
  const between = `${few.toLocaleString("en-GB")} to ${many.toLocaleString("en-GB")}`;
  const memory = gathered.line(`Idle stream, resident memory, ${between}`, "KB each", [
    atMost("needed", 2, "≤ 2 × bare", times("bare")),
    atMost("goal", 1.3, "≤ 1.3 × bare", times("bare")),
  ]);
  const heap = gathered.line(`Idle stream, heap and buffers, ${between}`, "KB each");
  const idling = gathered.line(`${many.toLocaleString("en-GB")} idle streams, processor time`, "ms a second");
  for (const name of options.order) {
    // A fresh process each time, so that nothing of other lines is in its memory.
    const contender = await start(name, ground, options.modelPort);
    try {
      const found = await slope(contender, few, many);
      add(memory, name, found.rss);
      add(heap, name, found.heap);
      add(idling, name, found.cpu);
    } finally {
      await contender.stop();
    }
  }
}

async function slope(contender: Contender, few: number, many: number) {
  const streams = Array.from({ length: many }, (_, n) => chatStream(contender, n));
  const open = await openStreams(contender.port, streams.slice(0, few));
  await pause(1_000);
  const before = await contender.measure("memory");
  open.push(...(await openStreams(contender.port, streams.slice(few))));
  await pause(1_000);
  const after = await contender.measure("memory");
  await pause(3_000);
  const later = await contender.measure("cpu");
  for (const stream of open) stream.close();
  const each = (bytes: number) => bytes / (many - few) / 1_024;
  return {
    rss: each(after.rssBytes - before.rssBytes),
    heap: each(after.heapBytes - before.heapBytes),
    cpu: (later.cpuMs - after.cpuMs) / 3,
  };
}
