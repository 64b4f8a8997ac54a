import { watchHealth } from "#http/health";
import { jobLag, startJobs } from "#lib/jobs";
import { sweepRunLag } from "#lib/sweeps";
import { jobHandlers, startAnswers } from "#services/chat";
import { startTicker, streamReport } from "#services/notifications";
import { webhookJobs, webhookTimes } from "#services/webhooks";
import type { House } from "./house.ts";
import type { Part } from "./part.ts";

const longestLag = 60;
const drainMs = 6_000;

/** What keeps the streams of this process whole and beating. */
export function streams(house: House): Part {
  let ticker: { stop(): void } | undefined;
  return {
    name: "streams",
    start() {
      ticker = startTicker({ heartbeatSeconds: house.env.HEARTBEAT_SECONDS });
      watchHealth("streams", async () => streamReport());
    },
    stop: () => ticker?.stop(),
  };
}

/** The worker of durable jobs. */
export function jobs(): Part {
  let worker: { stop(): Promise<void> } | undefined;
  return {
    name: "jobs",
    async start() {
      worker = await startJobs(
        { ...jobHandlers, ...webhookJobs },
        { crontab: webhookTimes, concurrency: 10 },
      );
      watchHealth("jobs", async () => {
        const lag = Math.max(await jobLag(), await sweepRunLag());
        if (lag > longestLag) throw new Error("jobs wait for too long");
        return { lagSeconds: Math.round(lag) };
      });
    },
    // A message under way may end: cut off, nobody would know whether it arrived.
    drain: () => worker?.stop(),
  };
}

/** The AI's answers: what this process writes ends or is handed on before it stops. */
export function answers(): Part {
  let runner: ReturnType<typeof startAnswers> | undefined;
  return {
    name: "answers",
    start() {
      runner = startAnswers();
    },
    drain: () => runner?.drain(drainMs),
  };
}
