export type { Append, Appended, Change, Job, NewDecision, NewMessage } from "./command.ts";
export { findContacts, holdContactOf, mergeContacts } from "./contacts.ts";
export { createContact, createConversation, createConversationIn } from "./create.ts";
export { cursorOf, seqOf } from "./cursor.ts";
export { listConversations } from "./list.ts";
export { append } from "./log.ts";
export { next } from "./machine.ts";
export { publishFleeting, type Ring } from "./publish.ts";
export {
  eventPage,
  eventsAfter,
  eventsAt,
  findConversation,
  messageByClientId,
  messagePage,
  messagesBefore,
  queue,
  queuePosition,
  type Reader,
} from "./read.ts";
export { markRead } from "./receipts.ts";
export { type ConversationRecord, conversationRecord } from "./record.ts";
export { assignmentsTopic, companyTopic, conversationTopic, notificationsTopic } from "./topics.ts";
export {
  conversationRow,
  customerName,
  forCustomer,
  receiptsView,
  stateView,
} from "./view.ts";
