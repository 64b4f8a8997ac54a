import { ConversationPath, HandoverBody } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { handOver } from "#services/chat";

export const POST = route(
  { who: operator, params: ConversationPath, body: HandoverBody },
  ({ who, params, body }) => handOver(who, params.conversationId, body),
);
