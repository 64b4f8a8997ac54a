import { TypingBody } from "#contracts/chat";
import { ConversationPath } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { operatorTyping } from "#services/chat";

export const POST = route(
  { who: operator, params: ConversationPath, body: TypingBody },
  ({ who, params, body }) => operatorTyping(who, params.conversationId, body.typing),
);
