import { AppError } from "#lib/errors";
import { commonHeaders } from "./answer.ts";
import { errorResponse } from "./errors.ts";
import { header } from "./read-body.ts";
import { type DirectHandler, type PathParts, type RouteHandler, withWebDoor } from "./route-handler.ts";

/**
 * Names the one origin that may read an answer, or nothing.
 * `who` is undefined in a preflight and where the caller was not recognised.
 */
export type Cors<Who> = (
  request: Request,
  who: Who | undefined,
  params: PathParts,
) => Promise<string | undefined> | string | undefined;

const preflightHeaders = {
  "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
  "access-control-allow-headers": "Authorization, Content-Type, Last-Event-ID, X-File-Name, X-Stream-Id",
  "access-control-max-age": "7200",
};

/** The CORS headers of an answer; without an allowed origin a browser keeps the answer from the page. */
export async function corsHeaders<Who>(
  cors: Cors<Who>,
  request: Request,
  who: Who | undefined,
  params: PathParts,
): Promise<Record<string, string>> {
  const asked = header(request, "origin");
  if (asked === null) return { vary: "Origin" };
  const allowed = await allowedBy(cors, request, who, params);
  // The asked origin must be the allowed one, letter by letter: a wildcard from anywhere is never passed on.
  if (allowed !== asked || allowed === "*" || allowed === "null") return { vary: "Origin" };
  return {
    vary: "Origin",
    "access-control-allow-origin": allowed,
    "access-control-expose-headers": "Retry-After, X-Request-Id",
  };
}

/** Makes the OPTIONS handler of a route that pages of other origins may call. */
export function preflight(cors: Cors<never>): RouteHandler {
  const answer: DirectHandler = async (request, params, requestId) => {
    const headers = await corsHeaders(cors, request, undefined, params);
    if (headers["access-control-allow-origin"] === undefined) {
      const refusal = errorResponse(
        new AppError("forbidden", "This origin may not call Baton here."),
        requestId,
      );
      refusal.headers.set("vary", "Origin");
      return refusal;
    }
    const all = { ...commonHeaders, ...headers, ...preflightHeaders, "x-request-id": requestId };
    return { status: 204, headers: all, body: undefined };
  };
  return withWebDoor(answer);
}

async function allowedBy<Who>(cors: Cors<Who>, request: Request, who: Who | undefined, params: PathParts) {
  try {
    return await cors(request, who, params);
  } catch {
    // The route's own failure is answered already; not knowing the origin only means not sharing the answer.
    return undefined;
  }
}
