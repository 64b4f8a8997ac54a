import { EscalateBody, SessionPath } from "#contracts/chat";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { route } from "#http/route";
import { customerEscalates } from "#services/chat";

export const POST = route(
  { who: customer("session"), params: SessionPath, body: EscalateBody, cors: sessionCors },
  ({ who, body }) => customerEscalates(who, body.reason),
);

export const OPTIONS = preflight(sessionCors);
