import { ConversationPath, OperatorSendBody } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { sendReply } from "#services/chat";

export const POST = route(
  { who: operator, params: ConversationPath, body: OperatorSendBody, status: 201 },
  ({ who, params, body }) => sendReply(who, params.conversationId, body),
);
