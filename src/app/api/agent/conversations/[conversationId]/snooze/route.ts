import { SnoozeBody } from "#contracts/desk-tools";
import { ConversationPath, ConversationRow } from "#contracts/operator";
import { route } from "#http/route";
import { operator } from "#http/who";
import { conversationRow, endSnooze, snooze } from "#services/conversations";

export const PUT = route(
  { who: operator, params: ConversationPath, body: SnoozeBody, answer: ConversationRow },
  async ({ who, params, body }) =>
    conversationRow(await snooze(who, params.conversationId, new Date(body.until))),
);

export const DELETE = route(
  { who: operator, params: ConversationPath, answer: ConversationRow },
  async ({ who, params }) => conversationRow(await endSnooze(who, params.conversationId)),
);
