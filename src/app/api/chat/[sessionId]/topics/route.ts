import { SessionPath } from "#contracts/chat";
import { OpenTopicBody } from "#contracts/topics";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { route } from "#http/route";
import { customerTopics, openTopic } from "#services/chat";

export const GET = route({ who: customer("signal"), params: SessionPath, cors: sessionCors }, ({ who }) =>
  customerTopics(who),
);

export const POST = route(
  { who: customer("session"), params: SessionPath, body: OpenTopicBody, cors: sessionCors },
  ({ who, body }) => openTopic(who, body.name),
);

export const OPTIONS = preflight(sessionCors);
