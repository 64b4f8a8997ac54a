// How soon a voice agent learns who calls: the phone rings meanwhile.
import { type Name, start } from "./contenders.ts";
import { add, atMost, type Gathered, percentile } from "./figures.ts";
import type { Ground } from "./ground.ts";
import { initiations } from "./phone.ts";
import { steadily } from "./webhooks.ts";

type Options = { milliseconds: number; order: Name[]; modelPort: number };

/** Calls that come in a second. */
export const rate = 50;

const roles = [
  { role: "web", kind: "needed", words: "" },
  { role: "all", kind: "goal", words: ", worker in the same process" },
] as const;

/** At a steady rate, with the words that were said before; against bare Node that answers from one row. */
export async function measureTelephony(gathered: Gathered, ground: Ground, options: Options): Promise<void> {
  for (const { role, kind, words } of roles) {
    const line = `Conversation initiation at ${rate} calls a second${words}`;
    const p50 = gathered.line(`${line}, p50`, "ms");
    const p99 = gathered.line(`${line}, p99`, "ms", [
      atMost(kind, 200, "≤ 200 ms", ({ sides }) => percentile(sides.baton ?? [], 0.5)),
    ]);
    for (const name of options.order.filter((each) => each !== "next")) {
      const contender = await start(name, ground, options.modelPort, role);
      try {
        const path = name === "bare" ? "/initiation" : "/api/webhooks/elevenlabs/conversation-initiation";
        const count = (options.milliseconds / 1_000) * rate;
        const requests = initiations(path, count + rate);
        await steadily(contender, requests.splice(0, rate), rate);
        const found = await steadily(contender, requests, rate);
        add(p50, name, percentile(found, 0.5));
        add(p99, name, percentile(found, 0.99));
      } finally {
        await contender.stop();
      }
    }
  }
}
