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
export { attachmentsOf, mostBytes, openAttachment, saveAttachment } from "./attachments.ts";
export { type Customer, recogniseCustomer } from "./customer.ts";
export { NotYet } from "./external.ts";
export { openLinkedFile } from "./file-links.ts";
export { type HelpPage, helpIndex, helpPage } from "./help.ts";
export { jobHandlers } from "./jobs.ts";
export { closeSession, idleSession } from "./life.ts";
export { handleCustomerMessage } from "./message-handler.ts";
export { handOver, openConversation, operatorRead, operatorTyping } from "./operator-acts.ts";
export { previewAnswer } from "./preview.ts";
export { receive } from "./receive.ts";
export { listUndelivered, retryDelivery } from "./retry.ts";
export { retellAnswer } from "./runner.ts";
export { openSession } from "./session.ts";
export { conversationSnapshot, runUnderWay } from "./snapshot.ts";
export { templatesFor } from "./templates.ts";
