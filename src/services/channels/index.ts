export type {
  Channel,
  Outgoing,
  OutgoingContent,
  Outside,
  Reply,
  WebhookRequest,
} from "./channel.ts";
export { configFields, type Made } from "./config.ts";
export { DeliveryFailure } from "./failure.ts";
export { outsideOf } from "./outside.ts";
export { allChannels, channelOf } from "./registry.ts";
export { renderParts } from "./text/render.ts";
