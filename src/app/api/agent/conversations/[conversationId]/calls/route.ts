import { CallList, CallQuery } from "#contracts/calls";
import { ConversationPath } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { listCalls } from "#services/telephony";

export const GET = route(
  { who: operator, params: ConversationPath, query: CallQuery, answer: CallList },
  ({ who, params, query }) => listCalls(who, params.conversationId, query),
);
