// Operators at work side by side: how soon what a customer says stands in every operator's stream, while lists are read.
import { setTimeout as pause } from "node:timers/promises";
import type { Contender, Name } from "./contenders.ts";
import { add, atMost, type Gathered, percentile, times } from "./figures.ts";
import { companyId, liveKey } from "./ground.ts";
import { customerMessage, operatorStream } from "./paths.ts";
import { steadily } from "./webhooks.ts";
import { type OpenStream, openStreams, rawRequest } from "./wire.ts";

/** Who is there, what customers say in a second, and how many first pages of the inbox are read in a second. */
export const desk = { operators: 50, events: 20, pages: 10 };
const conversations = 60;

/** At a steady rate, each event counted once an operator, from the moment at which the customer was to speak. */
export async function measureOperators(
  gathered: Gathered,
  contenders: Record<Name, Contender>,
  options: { milliseconds: number; order: Name[] },
): Promise<void> {
  const line = `Event in ${desk.operators} operators' streams, ${desk.events} a second`;
  const p50 = gathered.line(`${line}, p50`, "ms");
  const p99 = gathered.line(`${line}, p99`, "ms", [atMost("goal", 3, "≤ 3 × bare", times("bare"))]);
  for (const name of options.order) {
    const found = await atTheDesk(contenders[name], options.milliseconds / 1_000);
    add(p50, name, percentile(found, 0.5));
    add(p99, name, percentile(found, 0.99));
  }
}

async function atTheDesk(contender: Contender, seconds: number): Promise<number[]> {
  const wanted = Array.from({ length: desk.operators }, () => operatorStream(contender));
  const streams = await openStreams(contender.port, wanted);
  // A window hears of a conversation in full only once: before it is measured.
  await spoken(contender, streams, 2 * conversations);
  const pages = Array<string>(Math.ceil(seconds * desk.pages)).fill(firstPage(contender));
  const [found] = await Promise.all([
    spoken(contender, streams, seconds * desk.events),
    steadily(contender, pages, desk.pages),
  ]);
  for (const stream of streams) stream.close();
  return found;
}

/** Has customers speak in turn, so often a second; answers how late each operator had each word of it. */
async function spoken(contender: Contender, streams: OpenStream[], events: number): Promise<number[]> {
  const marks = Array.from({ length: events }, () => `mark-${crypto.randomUUID()}`);
  const arrivals = streams.map((stream) => arrivalsOf(stream, new Set(marks)));
  const requests = marks.map((mark, n) =>
    customerMessage(contender, n % conversations, `Where is my order? ${mark}`),
  );
  const began = performance.now();
  await steadily(contender, requests, desk.events);
  for (let waited = 0; arrivals.some(({ size }) => size < events); waited += 1) {
    if (waited > 500) throw new Error("An operator's stream missed an event.");
    await pause(20);
  }
  const due = new Map(marks.map((mark, n) => [mark, began + (n * 1_000) / desk.events]));
  return arrivals.flatMap((arrived) => [...arrived].map(([mark, at]) => at - (due.get(mark) ?? at)));
}

/** When each of these marks came first in a stream; it fills as they come. */
function arrivalsOf(stream: OpenStream, marks: Set<string>): Map<string, number> {
  const arrived = new Map<string, number>();
  let tail = "";
  stream.listen((text) => {
    const now = performance.now();
    tail += text;
    for (const [mark] of tail.matchAll(/mark-[0-9a-f-]{36}/g))
      if (marks.has(mark) && !arrived.has(mark)) arrived.set(mark, now);
    tail = tail.slice(-markLength);
  });
  return arrived;
}

const markLength = "mark-".length + 36;

function firstPage({ name }: Contender): string {
  return name === "bare"
    ? rawRequest({ path: `/inbox/${companyId(0)}` })
    : rawRequest({ path: "/api/agent/conversations?view=all", token: liveKey });
}
