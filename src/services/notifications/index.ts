export { alertJobs, alertTimes, startPulse } from "./alert-jobs.ts";
export { listAlerts, readAlerts } from "./alert-list.ts";
export { alertSettings, saveAlertSettings } from "./alert-settings.ts";
export { sendTestAlert } from "./alert-test.ts";
export { openConversationStream } from "./conversation-stream.ts";
export { openLeadStream } from "./lead-stream.ts";
export { refusalCompany, refusalPage, refuseLetters } from "./letter-refusal.ts";
export { streamReport } from "./metrics.ts";
export { openOperatorStream } from "./operator-stream.ts";
export {
  choosePresence,
  isCustomerOnline,
  tellLooking,
  viewersOf,
  withPresence,
} from "./presence.ts";
export { pushSituation, subscribe, unsubscribe } from "./push-subscriptions.ts";
export type { StreamSink } from "./stream.ts";
export { startTicker } from "./ticker.ts";
