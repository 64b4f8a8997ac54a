export { cancelWaiting } from "./cancel-waiting.ts";
export { conversationDetail, listDecisions } from "./detail.ts";
export { operatorWroteElsewhere } from "./elsewhere.ts";
export { initiateEscalation } from "./escalate.ts";
export {
  abandon,
  accept,
  assignToOperator,
  handBackToAI,
  releaseAllOf,
  reopen,
  resolve,
  takeOver,
  transferToQueue,
} from "./ownership.ts";
export { handoverPacket } from "./packet.ts";
export { sendAsOperator } from "./reply.ts";
export { systemLine } from "./system-line.ts";
export { watchQueue } from "./watch-queue.ts";
