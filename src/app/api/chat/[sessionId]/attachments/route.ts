import { SessionPath } from "#contracts/chat";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { rawBody, route } from "#http/route";
import { uploadOf } from "#http/upload";
import { mostBytes, saveAttachment } from "#services/chat";

export const POST = route(
  {
    who: customer("upload"),
    params: SessionPath,
    body: rawBody,
    limits: { bytes: mostBytes },
    cors: sessionCors,
    status: 201,
  },
  ({ who, body, request }) => saveAttachment(who, uploadOf(request, body, `contact:${who.contactId}`)),
);

export const OPTIONS = preflight(sessionCors);
