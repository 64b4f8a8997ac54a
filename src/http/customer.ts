import { TopicQuery } from "#contracts/topics";
import { type Customer, recallCustomer, recogniseCustomer } from "#services/chat";
import { limit, type RateName } from "#services/rate-limit";
import { condense } from "./condense.ts";
import type { Cors } from "./cors.ts";
import { header } from "./read-body.ts";
import type { Resolver } from "./route.ts";

/** The secret token of a chat session: it travels in `Authorization` only, never in an address. */
export function bearerToken(request: Request): string | undefined {
  return /^Bearer ([\w.-]{20,200})$/.exec(header(request, "authorization") ?? "")?.[1];
}

/** The origin of the page that asks, where it is another than ours: windows of our own ask from our own origin. */
export function foreignOrigin(request: Request): string | undefined {
  const origin = header(request, "origin");
  return origin === null || origin === ownOrigin(request) ? undefined : origin;
}

/** The origin under which this very request reached us. */
export function ownOrigin(request: Request): string {
  const origin = header(request, "origin");
  const host = header(request, "host");
  // Behind a proxy we cannot see whether the page came by https; its host, which no page can forge, says it is ours.
  if (origin !== null && host !== null && origin.replace(/^https?:\/\//, "") === host) return origin;
  return new URL(request.url).origin;
}

// One address may hold many sessions; whatever they do together counts for it too.
const byAddress = { session: "ip", signal: "signalIp", upload: "uploadIp" } as const;

/**
 * The customer of the session that the path names, in the topic that the query names, counted against the limits of this
 * kind of request. May be recalled from memory only where the service proves who it is in its own commit.
 */
export function customer(
  kind: Extract<RateName, "session" | "signal" | "upload">,
  { provenLater = false } = {},
): Resolver<Customer> {
  return async (request, { params, ip }) => {
    const credentials = {
      sessionId: String(params.sessionId),
      token: bearerToken(request),
      origin: foreignOrigin(request),
      topic: topicOf(request),
    };
    const recalled = provenLater ? recallCustomer(credentials) : undefined;
    const found =
      recalled ??
      (await recogniseCustomer(credentials).catch(async (error: unknown) => {
        // Guessing is counted by address; a known session by its own limits.
        await limit({ ip });
        throw error;
      }));
    await limit({
      [kind]: found.sessionId,
      [byAddress[kind]]: ip,
      company: found.companyId,
    });
    return found;
  };
}

function topicOf({ url }: Request): string | undefined {
  const start = url.indexOf("?");
  if (start === -1) return undefined;
  const topic = new URLSearchParams(url.slice(start + 1)).get("topic") ?? undefined;
  const parsed = TopicQuery.safeParse({ topic });
  if (!parsed.success) throw condense(parsed.error, "query");
  return parsed.data.topic;
}

/** Answers may be read by the page that opened the session. */
export const sessionCors: Cors<Customer> = (request, who) => {
  const origin = header(request, "origin") ?? undefined;
  // A preflight carries no token; the request after it is checked for the session's own origin.
  if (who === undefined) return origin;
  return origin === who.session.origin || foreignOrigin(request) === undefined ? origin : undefined;
};

/** Answers to opening a session may be read by the origins that the agent allows; which agent it is stands in the body. */
export const openingCors: Cors<undefined> = (request) => header(request, "origin") ?? undefined;
