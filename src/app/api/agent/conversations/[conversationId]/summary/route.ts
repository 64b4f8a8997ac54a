import { ConversationSummary } from "#contracts/copilot";
import { ConversationPath } from "#contracts/operator";
import { copilotTurns } from "#http/copilot-turns";
import { route } from "#http/route";
import { operator } from "#http/who";
import { copilotPorts } from "#services/chat";
import { summarise } from "#services/copilot";

export const POST = route(
  { who: operator, params: ConversationPath, admit: copilotTurns, answer: ConversationSummary },
  ({ who, params: { conversationId }, signal }) => summarise(who, conversationId, copilotPorts(), signal),
);
