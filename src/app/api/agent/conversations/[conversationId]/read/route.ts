import { ReadBody } from "#contracts/chat";
import { ConversationPath } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { operatorRead } from "#services/chat";

export const POST = route(
  { who: operator, params: ConversationPath, body: ReadBody },
  ({ who, params, body }) => operatorRead(who, params.conversationId, body.seq),
);
