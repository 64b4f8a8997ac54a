import { SessionPath } from "#contracts/chat";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { route } from "#http/route";
import { stopAnswer } from "#services/chat";

export const POST = route({ who: customer("signal"), params: SessionPath, cors: sessionCors }, ({ who }) =>
  stopAnswer(who),
);

export const OPTIONS = preflight(sessionCors);
