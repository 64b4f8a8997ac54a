import { ConversationPath } from "#contracts/operator";
import { rawBody, route } from "#http/route";
import { uploadOf } from "#http/upload";
import { operator } from "#http/who";
import { mostBytes, saveAttachment } from "#services/chat";
import { findConversation } from "#services/conversations";

export const POST = route(
  { who: operator, params: ConversationPath, body: rawBody, limits: { bytes: mostBytes }, status: 201 },
  async ({ who, params: { conversationId }, body, request }) => {
    await findConversation(who, conversationId);
    const by = who.kind === "operator" ? `operator:${who.userId}` : `key:${who.keyId}`;
    return saveAttachment({ companyId: who.companyId, conversationId }, uploadOf(request, body, by));
  },
);
