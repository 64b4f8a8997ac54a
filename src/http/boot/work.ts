import { watchHealth } from "#http/health";
import { jobLag, startJobs } from "#lib/jobs";
import { closeMail } from "#lib/mail";
import { sweepRunLag } from "#lib/sweeps";
import { analyticsJobs, analyticsTimes } from "#services/analytics";
import { jobHandlers, startAnswers } from "#services/chat";
import { startIndexing } from "#services/conversations";
import { escalationJobs } from "#services/escalation";
import { deskTimes } from "#services/handover";
import { alertJobs, alertTimes, startPulse, startTicker, streamReport } from "#services/notifications";
import { telephonyJobs } from "#services/telephony";
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
  let pulse: { stop(): void } | undefined;
  let words: { stop(): Promise<void> } | undefined;
  return {
    name: "jobs",
    async start() {
      worker = await startJobs(
        {
          ...escalationJobs,
          ...jobHandlers,
          ...webhookJobs,
          ...telephonyJobs,
          ...alertJobs,
          ...analyticsJobs,
        },
        { crontab: [webhookTimes, alertTimes, analyticsTimes, deskTimes].join("\n"), concurrency: 10 },
      );
      pulse = startPulse();
      words = startIndexing();
      watchHealth("jobs", async () => {
        const lag = Math.max(await jobLag(), await sweepRunLag());
        if (lag > longestLag) throw new Error("jobs wait for too long");
        return { lagSeconds: Math.round(lag) };
      });
    },
    // A message under way may end: cut off, nobody would know whether it arrived.
    async drain() {
      pulse?.stop();
      await words?.stop();
      await worker?.stop();
      closeMail();
    },
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
