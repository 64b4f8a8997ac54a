import { SessionPath, TypingBody } from "#contracts/chat";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { route } from "#http/route";
import { customerTyping } from "#services/chat";

export const POST = route(
  { who: customer("signal"), params: SessionPath, body: TypingBody, cors: sessionCors },
  ({ who, body }) => customerTyping(who, body.typing),
);

export const OPTIONS = preflight(sessionCors);
