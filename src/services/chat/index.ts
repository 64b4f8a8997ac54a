export {
  customerCancels,
  customerEscalates,
  customerRead,
  customerTyping,
  declineOffer,
  stopAnswer,
} from "./acts.ts";
export { agentFrame } from "./agent-card.ts";
export { startAnswers } from "./answers.ts";
export { mostBytes, openAttachment, saveAttachment } from "./attachments.ts";
export { changeMany } from "./bulk.ts";
export { chatLink } from "./chat-link.ts";
export { contactTopics } from "./contact-topics.ts";
export { copilotPorts } from "./copilot-ports.ts";
export { type Customer, recogniseCustomer } from "./customer.ts";
export { NotYet } from "./external.ts";
export { openLinkedFile } from "./file-links.ts";
export { type HelpPage, helpIndex, helpPage } from "./help.ts";
export { jobHandlers } from "./jobs.ts";
export { leaveContact } from "./leave-contact.ts";
export { closeSession, idleSession } from "./life.ts";
export { previewActions, runActions } from "./macro-run.ts";
export { handleCustomerMessage } from "./message-handler.ts";
export { handOver, openConversation, operatorRead, operatorTyping } from "./operator-acts.ts";
export { placing, ruleOf } from "./placing.ts";
export { previewAnswer } from "./preview.ts";
export { customerRates, customerRating } from "./rating.ts";
export { ratingLines, type ToldRating, tellRatings } from "./rating-told.ts";
export { openThreadConversation, receive } from "./receive.ts";
export { recallCustomer } from "./remembered.ts";
export { listUndelivered, retryDelivery } from "./retry.ts";
export { retryAll } from "./retry-all.ts";
export { retellAnswer } from "./runner.ts";
export { sendReply } from "./send-reply.ts";
export { openSession } from "./session.ts";
export { conversationSnapshot, runUnderWay } from "./snapshot.ts";
export { type Hearing, hearCall } from "./spoken-turns.ts";
export { templatesFor } from "./templates.ts";
export { enterThread, findThread } from "./threads.ts";
export { customerTopics, openTopic } from "./topics.ts";
