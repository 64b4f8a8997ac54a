import { LeaveContactBody, SessionPath } from "#contracts/chat";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { route } from "#http/route";
import { leaveContact } from "#services/chat";

export const POST = route(
  { who: customer("session"), params: SessionPath, body: LeaveContactBody, cors: sessionCors },
  ({ who, body }) => leaveContact(who, body),
);

export const OPTIONS = preflight(sessionCors);
