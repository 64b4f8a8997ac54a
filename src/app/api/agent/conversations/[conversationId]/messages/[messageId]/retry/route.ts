import { MessagePath } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { retryDelivery } from "#services/chat";

export const POST = route({ who: operator, params: MessagePath }, ({ who, params }) =>
  retryDelivery(who, params.conversationId, params.messageId),
);
