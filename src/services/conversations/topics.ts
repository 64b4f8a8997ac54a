/** Everything that happens in one conversation, also what is fleeting. */
export const conversationTopic = (conversationId: string) => `conversation:${conversationId}:events`;

/** Everything durable that happens in a company, for its operators' windows. */
export const companyTopic = (companyId: string) => `company:${companyId}:queue`;

/** What one operator is told about: words in conversations they hold. */
export const notificationsTopic = (operatorId: string) => `agent:${operatorId}:notifications`;

/** Which conversations come to an operator, or go. */
export const assignmentsTopic = (operatorId: string) => `agent:${operatorId}:conversations`;
