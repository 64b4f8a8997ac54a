import { CopilotState, SuggestionsBody } from "#contracts/copilot";
import { ConversationPath } from "#contracts/operator";
import { copilotTurns } from "#http/copilot-turns";
import { eventAnswer } from "#http/event-answer";
import { route } from "#http/route";
import { operator } from "#http/who";
import { copilotPorts } from "#services/chat";
import { copilotState, streamSuggestion } from "#services/copilot";

export const GET = route(
  { who: operator, params: ConversationPath, answer: CopilotState },
  ({ who, params: { conversationId } }) => copilotState(who, conversationId, copilotPorts()),
);
export const POST = route(
  { who: operator, params: ConversationPath, body: SuggestionsBody, admit: copilotTurns },
  async ({ who, params: { conversationId }, body, request }) =>
    eventAnswer(request, await streamSuggestion(who, conversationId, copilotPorts(), body)),
);
