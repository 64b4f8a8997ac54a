import { TagsBody } from "#contracts/desk-tools";
import { ConversationPath, ConversationRow } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { changeTags, conversationRow } from "#services/conversations";

export const POST = route(
  { who: operator, params: ConversationPath, body: TagsBody, answer: ConversationRow },
  async ({ who, params, body }) => conversationRow(await changeTags(who, params.conversationId, body)),
);
