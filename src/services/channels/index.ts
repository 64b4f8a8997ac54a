export type {
  Channel,
  Outgoing,
  OutgoingContent,
  Outside,
  Reply,
  WebhookRequest,
} from "./channel.ts";
export { configFields, type Made } from "./config.ts";
export { voiceConversation } from "./elevenlabs/conversation.ts";
export { type Dialled, dial } from "./elevenlabs/dial.ts";
export { Initiation, PostCallHead } from "./elevenlabs/payload.ts";
export { recording } from "./elevenlabs/recording.ts";
export { type CallReport, readPostCall } from "./elevenlabs/report.ts";
export { type VoiceSettings, voiceSettings } from "./elevenlabs/settings.ts";
export { showsInitiationSecret, verifyPostCall } from "./elevenlabs/signature.ts";
export { DeliveryFailure } from "./failure.ts";
export { jsonIn, jsonOf, readAs } from "./json.ts";
export { mostFileBytes } from "./media.ts";
export { outsideOf } from "./outside.ts";
export { practice } from "./practice.ts";
export { allChannels, channelOf } from "./registry.ts";
export { type CallProgress, readCallProgress } from "./sms/call-status.ts";
export { cited } from "./text/cited.ts";
export { renderParts } from "./text/render.ts";
