import { ReadBody, SessionPath } from "#contracts/chat";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { route } from "#http/route";
import { customerRead } from "#services/chat";

export const POST = route(
  { who: customer("signal"), params: SessionPath, body: ReadBody, cors: sessionCors },
  ({ who, body }) => customerRead(who, body.seq),
);

export const OPTIONS = preflight(sessionCors);
