import { ConversationPath, OperatorSendBody } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { attachmentsOf } from "#services/chat";
import { sendAsOperator } from "#services/handover";

export const POST = route(
  { who: operator, params: ConversationPath, body: OperatorSendBody, status: 201 },
  async ({ who, params: { conversationId }, body }) => {
    const place = { companyId: who.companyId, conversationId };
    const attached = await attachmentsOf(place, body.attachments ?? []);
    return sendAsOperator(who, conversationId, { ...body, attached });
  },
);
