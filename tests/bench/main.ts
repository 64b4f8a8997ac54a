// npm run bench: everything that is measured, in one run on one machine, all contenders in turn.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Contender, type Name, names, sharedSecret, start, startOutside } from "./contenders.ts";
import { measureDelivery } from "./delivery.ts";
import { measureDurable, measureTrivial } from "./durable.ts";
import { measureFanOut } from "./fan-out.ts";
import { Gathered } from "./figures.ts";
import { measureFirstToken } from "./first-token.ts";
import { large, layGround, small } from "./ground.ts";
import { measureIdle } from "./idle.ts";
import { measureInbox } from "./inbox.ts";
import { measureOperators } from "./operators.ts";
import { printed, report } from "./report.ts";
import { measureReports } from "./reports.ts";
import { measureRouting } from "./routing.ts";
import { measureSearch } from "./search.ts";
import { measureTelephony } from "./telephony.ts";
import { measureTimeMachine } from "./time-machine.ts";
import { measureWebhooks } from "./webhooks.ts";

const { values: asked } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    rounds: { type: "string" },
    write: { type: "string" },
  },
});
const full = {
  rounds: 3,
  deliveries: 300,
  milliseconds: 4_000,
  few: 1_000,
  many: 5_000,
  events: 60,
  turns: 100,
  requests: 150,
};
const short = {
  rounds: 1,
  deliveries: 100,
  milliseconds: 1_500,
  few: 200,
  many: 1_000,
  events: 20,
  turns: 10,
  requests: 50,
};
const size = asked.quick ? short : full;
const rounds = Number(asked.rounds ?? size.rounds);
const wanted = (name: string) => asked.only === undefined || asked.only.split(",").includes(name);
// Only these do not care how long the lists are.
const bigInbox = ["webhooks", "telephony"].includes(asked.only ?? "")
  ? small.conversations
  : large.conversations;

const began = Date.now();
const say = (line: string) =>
  process.stdout.write(
    `  ${Math.round((Date.now() - began) / 1_000)
      .toString()
      .padStart(4)} s  ${line}\n`,
  );

const gathered = new Gathered();
say("Making the databases");
const [model, receiver] = await Promise.all([startOutside("model"), startOutside("receiver")]);
const endpoint = `http://127.0.0.1:${receiver.port}/`;
// Read by this process, which makes connections, and by those that are measured.
Object.assign(process.env, sharedSecret, {
  OUTBOUND_PRIVATE_HOSTS: new URL(endpoint).host,
  META_GRAPH_BASE_URL: endpoint.slice(0, -1),
});
const ground = await layGround({ bigInbox, endpoint });
try {
  await everything();
} finally {
  await Promise.all([model.stop(), receiver.stop()]);
  await ground.stop();
}
process.stdout.write(printed(gathered.lines));
const facts = {
  rounds,
  postgres: ground.version,
  seconds: Math.round((Date.now() - began) / 1_000),
  size,
  quick: asked.quick,
};
const file = asked.write ?? (asked.quick || asked.only !== undefined ? undefined : "docs/benchmarks.md");
if (file !== undefined) {
  await writeFile(join(import.meta.dirname, "..", "..", file), report(gathered.lines, facts));
  say(`Written to ${file}`);
}
process.exit(0);

async function everything(): Promise<void> {
  const open: Contender[] = [];
  try {
    for (const name of names) open.push(await start(name, ground, model.port));
    const contenders = Object.fromEntries(open.map((one) => [one.name, one])) as Record<Name, Contender>;
    for (let round = 0; round < rounds; round += 1) await inTurn(contenders, round);
  } finally {
    await Promise.all(open.map((one) => one.stop()));
  }
  for (let round = 0; round < rounds && wanted("idle"); round += 1) {
    say(`Round ${round + 1}: idle streams`);
    await measureIdle(gathered, ground, { ...size, order: orderOf(round), modelPort: model.port });
  }
  for (let round = 0; round < rounds && wanted("webhooks"); round += 1) {
    say(`Round ${round + 1}: webhooks`);
    const ports = { modelPort: model.port, receiverPort: receiver.port };
    await measureWebhooks(gathered, ground, { ...size, ...ports, order: orderOf(round) });
  }
  for (let round = 0; round < rounds && wanted("telephony"); round += 1) {
    say(`Round ${round + 1}: telephony`);
    await measureTelephony(gathered, ground, { ...size, modelPort: model.port, order: orderOf(round) });
  }
  for (let round = 0; round < rounds && wanted("routing"); round += 1) {
    say(`Round ${round + 1}: routing`);
    measureRouting(gathered);
  }
  for (let round = 0; round < rounds && wanted("search"); round += 1) {
    say(`Round ${round + 1}: search`);
    await measureSearch(gathered, ground, { requests: size.requests, bigInbox });
  }
  for (let round = 0; round < rounds && wanted("reports"); round += 1) {
    say(`Round ${round + 1}: reports`);
    await measureReports(gathered, ground);
  }
  for (let round = 0; round < rounds && wanted("time-machine"); round += 1) {
    say(`Round ${round + 1}: time machine`);
    await measureTimeMachine(gathered, ground);
  }
}

async function inTurn(contenders: Record<Name, Contender>, round: number): Promise<void> {
  const order = orderOf(round);
  const parts: Record<string, () => Promise<void>> = {
    delivery: () => measureDelivery(gathered, contenders, { count: size.deliveries, order }),
    durable: () => measureDurable(gathered, contenders, { milliseconds: size.milliseconds, order }),
    fan: () => measureFanOut(gathered, contenders, { streams: 1_000, events: size.events, order }),
    token: () =>
      measureFirstToken(gathered, contenders, { turns: size.turns, round, order, modelPort: model.port }),
    operators: () => measureOperators(gathered, contenders, { milliseconds: size.milliseconds, order }),
    inbox: () => measureInbox(gathered, contenders, { requests: size.requests, order, bigInbox }),
    trivial: () => measureTrivial(gathered, contenders, { milliseconds: size.milliseconds / 2, order }),
  };
  for (const [name, measure] of Object.entries(parts)) {
    if (!wanted(name)) continue;
    say(`Round ${round + 1}: ${name}`);
    await measure();
  }
}

/** Each round another contender begins. */
function orderOf(round: number): Name[] {
  return names.map((_, at) => names[(at + round) % names.length] ?? "baton");
}
