import { AttributesBody } from "#contracts/desk-tools";
import { ConversationPath, ConversationRow } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { conversationRow, setAttributes } from "#services/conversations";

export const PATCH = route(
  { who: operator, params: ConversationPath, body: AttributesBody, answer: ConversationRow },
  async ({ who, params, body }) => conversationRow(await setAttributes(who, params.conversationId, body)),
);
