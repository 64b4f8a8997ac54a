import { OperatorAttachmentPath } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { openAttachment } from "#services/chat";

export const GET = route({ who: operator, params: OperatorAttachmentPath }, ({ who, params }) =>
  openAttachment({ companyId: who.companyId, conversationId: params.conversationId }, params.attachmentId),
);
