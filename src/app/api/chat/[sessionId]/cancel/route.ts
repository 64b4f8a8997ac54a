import { SessionPath } from "#contracts/chat";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { route } from "#http/route";
import { customerCancels } from "#services/chat";

export const POST = route({ who: customer("session"), params: SessionPath, cors: sessionCors }, ({ who }) =>
  customerCancels(who),
);

export const OPTIONS = preflight(sessionCors);
