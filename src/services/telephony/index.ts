/** The telephony room: customers on the phone, their calls and messages as one conversation, and what is known of them. */
export { getCallPolicy, saveCallPolicy } from "./call-policy.ts";
export { callRecording } from "./call-recording.ts";
export { callersConversation } from "./callers.ts";
export { listCalls } from "./calls.ts";
export { conversationHistory } from "./history.ts";
export {
  humanControl,
  joinAsHuman,
  type LeadPlace,
  leadPlace,
  leaveAsHuman,
  sendAsHuman,
} from "./human-control.ts";
export { answerInitiation } from "./initiation.ts";
export { telephonyJobs } from "./jobs.ts";
export { changeLead, currentConversation, findLead, listLeads } from "./leads.ts";
export { phoneMemory } from "./memory.ts";
export { requestCall } from "./outbound-call.ts";
export {
  makePracticeLine,
  placeCall,
  practiceAnswer,
  practiceCall,
  practiceEnd,
  practiceLine,
  practiceRinging,
  practiceSms,
  practiceWords,
  takeText,
  tellAccount,
  tellVoiceAgent,
} from "./practice/index.ts";
export { receiveSms } from "./sms-webhooks.ts";
export { listStrayCalls } from "./stray-calls.ts";
export { isHeld, type StreamedLead, telephonyEvent } from "./stream-events.ts";
export { receiveCallStatus, receivePostCall } from "./voice-doors.ts";
