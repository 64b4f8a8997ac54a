import { z } from "zod";
import { Id } from "#contracts/primitives";
import { TopicQuery } from "#contracts/topics";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { currentOperator, must, operatorByKey, type Staff } from "#services/accounts";
import { recogniseCustomer } from "#services/chat";
import { limit } from "#services/rate-limit";
import { openChatStream, openInboxStream } from "./streams.ts";
import type { Connection } from "./web-socket.ts";

/** The first message of a WebSocket: which stream, and the token that opens it. */
const Authenticate = z.discriminatedUnion("stream", [
  z.object({
    type: z.literal("authenticate"),
    stream: z.literal("conversation"),
    sessionId: Id,
    token: z.string().min(20).max(200),
    ...TopicQuery.shape,
    lastEventId: z.string().max(128).optional(),
  }),
  z.object({
    type: z.literal("authenticate"),
    stream: z.literal("operator"),
    /** An API key; operators in a browser are known by their session cookie. */
    token: z.string().max(200).optional(),
    watch: Id.optional(),
    lastEventId: z.string().max(128).optional(),
  }),
]);

/** Gives a recognised socket the very frames that an event stream gets. Throws what the client is told before it is closed. */
export async function onSocket({
  first,
  origin,
  host,
  cookie,
  ip,
  lastEventId,
  sink,
}: Connection): Promise<void> {
  const parsed = Authenticate.safeParse(first);
  if (!parsed.success)
    throw new AppError("invalid", "The first message must authenticate: { type, stream, token }.");
  const foreign = origin === undefined || isOurs(origin, host) ? undefined : origin;
  const asked = parsed.data;
  if (asked.stream === "conversation") {
    const { sessionId, token, topic } = asked;
    const customer = await recogniseCustomer({ sessionId, token, topic, origin: foreign }).catch(
      async (error: unknown) => {
        await limit({ ip });
        throw error;
      },
    );
    await limit({ signal: customer.sessionId, signalIp: ip, company: customer.companyId });
    return openChatStream(sink, customer, lastEventId);
  }
  const who = await staff(asked.token, foreign === undefined ? cookie : undefined);
  if (who === undefined) {
    await limit({ ip });
    throw new AppError("unauthenticated", "Please sign in, or send an API key that is still good.");
  }
  must(who, "conversations:read");
  return openInboxStream(sink, who, { watch: asked.watch, lastEventId });
}

async function staff(token: string | undefined, cookie: string | undefined): Promise<Staff | undefined> {
  if (token !== undefined) return operatorByKey(new Headers({ authorization: `Bearer ${token}` }));
  // A page of another site must not ride on the operator's cookie.
  return cookie === undefined ? undefined : currentOperator(new Headers({ cookie }));
}

function isOurs(origin: string, host: string | undefined): boolean {
  return origin === new URL(env.PUBLIC_BASE_URL).origin || origin.replace(/^https?:\/\//, "") === host;
}
