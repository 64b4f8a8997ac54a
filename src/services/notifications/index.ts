export { openConversationStream } from "./conversation-stream.ts";
export { streamReport } from "./metrics.ts";
export { openOperatorStream } from "./operator-stream.ts";
export {
  choosePresence,
  isCustomerOnline,
  viewersOf,
  withPresence,
} from "./presence.ts";
export type { StreamSink } from "./stream.ts";
export { startTicker } from "./ticker.ts";
