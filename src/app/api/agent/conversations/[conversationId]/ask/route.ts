import { AskAnswer, AskBody } from "#contracts/copilot";
import { ConversationPath } from "#contracts/operator";
import { copilotTurns } from "#http/copilot-turns";
import { route } from "#http/route";
import { operator } from "#http/who";
import { askKnowledge } from "#services/copilot";

export const POST = route(
  { who: operator, params: ConversationPath, body: AskBody, admit: copilotTurns, answer: AskAnswer },
  ({ who, params: { conversationId }, body }) => askKnowledge(who, conversationId, body.question),
);
