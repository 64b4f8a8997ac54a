import { MacroPath, MacroPreview, MacroPreviewQuery } from "#contracts/desk-tools";
import { route } from "#http/route";
import { operator } from "#http/who";
import { previewActions } from "#services/chat";
import { findMacro } from "#services/desk";

export const GET = route(
  { who: operator, params: MacroPath, query: MacroPreviewQuery, answer: MacroPreview },
  async ({ who, params, query }) =>
    previewActions(who, query.conversationId, (await findMacro(who, params.macroId)).actions),
);
