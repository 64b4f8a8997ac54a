import { SentMessage } from "#contracts/chat";
import { WhisperBody } from "#contracts/desk-tools";
import { ConversationPath } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { whisper } from "#services/desk";

export const POST = route(
  { who: operator, params: ConversationPath, body: WhisperBody, answer: SentMessage, status: 201 },
  ({ who, params, body }) => whisper(who, params.conversationId, body),
);
