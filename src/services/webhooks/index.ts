/** The webhooks room: the gateway of all platforms, and what was delivered and not yet read. */
export { receiveWebhook } from "./gateway.ts";
export { type Beside, HandleJob, handleDeliveries, type Told } from "./handle.ts";
export { takeIn } from "./intake.ts";
export { webhookJobs, webhookTimes } from "./jobs.ts";
export { listQuarantine, replayDelivery } from "./quarantine.ts";
export { testConnection } from "./test-delivery.ts";
