/** The webhooks room: the gateway of all platforms, and what was delivered and not yet read. */
export { receiveWebhook } from "./gateway.ts";
export { HandleJob, handleDeliveries } from "./handle.ts";
export { takeIn } from "./intake.ts";
export { forgetOldDeliveries, webhookJobs, webhookTimes } from "./jobs.ts";
export { discardDelivery, listQuarantine, replayDelivery } from "./quarantine.ts";
export type { Beside, Told } from "./read-delivery.ts";
export { testConnection } from "./test-delivery.ts";
