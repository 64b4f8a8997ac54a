export { companyFeeds } from "./company-feed.ts";
export { conversationFeeds } from "./conversation-feed.ts";
export { type ConversationStream, openConversationStream } from "./conversation-stream.ts";
export { streamReport } from "./metrics.ts";
export { type OperatorStream, openOperatorStream } from "./operator-stream.ts";
export {
  choosePresence,
  isCustomerOnline,
  type PresenceStatus,
  presentOperators,
  viewersOf,
  withPresence,
} from "./presence.ts";
export type { StreamSink } from "./stream.ts";
export { startTicker, sweep } from "./ticker.ts";
