export { setAttributes } from "./attributes.ts";
export {
  type CallLimits,
  type CallNews,
  type CallTold,
  callsOf,
  findCall,
  logCall,
} from "./calls.ts";
export type {
  Append,
  Appended,
  AttributesChange,
  Change,
  Job,
  NewDecision,
  NewMessage,
  SessionProof,
} from "./command.ts";
export { contactAttributes, setContactAttributes } from "./contact-attributes.ts";
export { findContacts, holdContactOf, mergeContacts } from "./contacts.ts";
export { createContact, createConversation, createConversationIn } from "./create.ts";
export { cursorOf, seqOf } from "./cursor.ts";
export { decodeKeys, encodeKeys } from "./keyset.ts";
export { listConversations } from "./list.ts";
export { append } from "./log.ts";
export { next } from "./machine.ts";
export { newerReply } from "./newer-reply.ts";
export { pastConversations } from "./past.ts";
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
  refuseStrangeMessage,
} from "./read.ts";
export { markRead } from "./receipts.ts";
export { type ConversationRecord, conversationRecord } from "./record.ts";
export { search } from "./search.ts";
export { indexDue, startIndexing } from "./search-index.ts";
export { endSnooze, snooze, wake } from "./snooze.ts";
export { changeTags, listTags, tagsThatChange } from "./tags.ts";
export { tellConversations } from "./told.ts";
export type { Told } from "./told-fold.ts";
export { assignmentsTopic, companyTopic, conversationTopic, notificationsTopic } from "./topics.ts";
export {
  conversationRow,
  customerName,
  forCustomer,
  receiptsView,
  stateView,
} from "./view.ts";
