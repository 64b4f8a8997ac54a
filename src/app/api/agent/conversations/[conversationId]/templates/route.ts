import { ConversationPath, Templates } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { templatesFor } from "#services/chat";

export const GET = route(
  { who: operator, params: ConversationPath, answer: Templates },
  async ({ who, params }) => ({ templates: await templatesFor(who, params.conversationId) }),
);
