import { RewriteBody } from "#contracts/copilot";
import { ConversationPath } from "#contracts/operator";
import { copilotTurns } from "#http/copilot-turns";
import { eventAnswer } from "#http/event-answer";
import { route } from "#http/route";
import { operator } from "#http/who";
import { copilotPorts } from "#services/chat";
import { streamRewrite } from "#services/copilot";

export const POST = route(
  { who: operator, params: ConversationPath, body: RewriteBody, admit: copilotTurns },
  async ({ who, params: { conversationId }, body, request }) =>
    eventAnswer(request, await streamRewrite(who, conversationId, copilotPorts(), body)),
);
