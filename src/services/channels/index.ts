export {
  type Bases,
  type Can,
  type Channel,
  type Dialect,
  type Downloaded,
  defineChannel,
  type Outgoing,
  type OutgoingContent,
  type Outside,
  type Reply,
  type Sent,
  type Verified,
  type WebhookRequest,
} from "./channel.ts";
export { type ConfigField, configFields } from "./config.ts";
export { DeliveryFailure, type FailureKind } from "./failure.ts";
export { outsideOf } from "./outside.ts";
export { allChannels, channelOf } from "./registry.ts";
export { renderParts } from "./text/render.ts";
