import { AttachmentPath } from "#contracts/chat";
import { preflight } from "#http/cors";
import { customer, sessionCors } from "#http/customer";
import { route } from "#http/route";
import { openAttachment } from "#services/chat";

export const GET = route(
  { who: customer("signal"), params: AttachmentPath, cors: sessionCors },
  ({ who, params }) => openAttachment(who, params.attachmentId),
);

export const OPTIONS = preflight(sessionCors);
