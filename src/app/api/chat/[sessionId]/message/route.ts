import { SendMessageBody, SessionPath } from "#contracts/chat";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { header } from "#http/read-body";
import { route } from "#http/route";
import { handleCustomerMessage } from "#services/chat";

export const POST = route(
  {
    who: customer("session", { provenLater: true }),
    params: SessionPath,
    body: SendMessageBody,
    cors: sessionCors,
    status: 201,
  },
  ({ who, body, request }) =>
    handleCustomerMessage(who, body, { from: header(request, "x-stream-id") ?? undefined }),
);

export const OPTIONS = preflight(sessionCors);
