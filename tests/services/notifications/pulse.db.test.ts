import { afterAll, beforeAll, expect, it } from "vitest";
import { startJobs } from "#lib/jobs";
import { alertJobs, listAlerts, startPulse } from "#services/notifications";
import { type AlertDesk, openAlertDesk } from "#support/alert-desk";
import { until } from "#support/channel-stage";
import { aCompany } from "#support/company";

let desk: AlertDesk;
beforeAll(async () => {
  desk = await openAlertDesk();
});
afterAll(() => desk.close());

async function startWorker() {
  const worker = await startJobs(alertJobs);
  const pulse = startPulse();
  return {
    async stop() {
      pulse.stop();
      await worker.stop();
    },
  };
}

it("tells within seconds while a worker runs, and what happened meanwhile when one runs again, each once", async () => {
  const company = await aCompany();
  const anna = await desk.operator(company);
  await desk.browser(anna);
  const first = await startWorker();
  await desk.escalate(await desk.conversation(company));
  await until(async () => desk.push.taken.length === 1);
  await first.stop();

  await desk.escalate(await desk.conversation(company));
  await desk.escalate(await desk.conversation(company));
  expect((await listAlerts(anna, { limit: 10 })).alerts).toHaveLength(1);

  // Two at once, as after a deploy.
  const pulse = startPulse();
  const second = await startWorker();
  await until(async () => desk.push.taken.length === 3);
  await desk.hear(company.companyId);
  await desk.leave(company.companyId);
  await second.stop();
  pulse.stop();
  expect((await listAlerts(anna, { limit: 10 })).alerts).toHaveLength(3);
  expect(new Set(desk.push.taken.map(({ payload }) => payload.key)).size).toBe(3);
  expect(desk.push.taken).toHaveLength(3);
});
