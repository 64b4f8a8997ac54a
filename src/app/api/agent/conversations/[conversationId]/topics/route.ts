import { ContactTopics, ConversationPath } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { contactTopics } from "#services/chat";

export const GET = route(
  { who: operator, params: ConversationPath, answer: ContactTopics },
  ({ who, params }) => contactTopics(who, params.conversationId),
);
