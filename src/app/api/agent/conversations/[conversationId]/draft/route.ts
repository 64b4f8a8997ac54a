import { ConversationDrafts, DraftBody } from "#contracts/drafts";
import { ConversationPath } from "#contracts/operator";
import { route } from "#http/route";
import { person } from "#http/who";
import { draftsIn, keepDraft } from "#services/desk";

export const GET = route(
  { who: person(), params: ConversationPath, answer: ConversationDrafts },
  async ({ who, params }) => ({ drafts: await draftsIn(who, params.conversationId) }),
);

export const PUT = route(
  { who: person("conversations:write"), params: ConversationPath, body: DraftBody },
  ({ who, params, body }) => keepDraft(who, params.conversationId, body),
);
