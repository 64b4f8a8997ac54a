import { MentionsReadBody } from "#contracts/desk-tools";
import { route } from "#http/route";
import { person } from "#http/who";
import { readMentions } from "#services/desk";

export const POST = route({ who: person(), body: MentionsReadBody }, ({ who, body }) =>
  readMentions(who, body.conversationId),
);
