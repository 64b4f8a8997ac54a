import type { z } from "zod";
import { AppError } from "#lib/errors";
import { type Answer, commonHeaders } from "./answer.ts";
import { clientAddress } from "./client-address.ts";
import { condense } from "./condense.ts";
import { type Cors, corsHeaders } from "./cors.ts";
import { errorAnswer } from "./errors.ts";
import { readBytes, readJson } from "./read-body.ts";
import {
  type Description,
  type DirectHandler,
  described,
  type PathParts,
  type RouteHandler,
  withWebDoor,
} from "./route-handler.ts";

/** What is known of a request before anyone is recognised. */
export type Asking = { params: PathParts; ip: string; requestId: string };

/** Finds out who asks, or throws `unauthenticated`, `forbidden` or `not_found`. */
export type Resolver<Who> = (request: Request, asking: Asking) => Promise<Who> | Who;

/** Lets everyone in; saying so is a decision. */
export const anyone: Resolver<undefined> = () => undefined;

/** Stands in `body` where a route wants the bytes exactly as they came. */
export const rawBody = Symbol("rawBody");

/** Who may ask a route, and what they may say. */
export type RouteSpec<Who, Params extends Schema, Query extends Schema, Body extends BodySchema> = {
  who: Resolver<Who>;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Counts the request against limits, once it is known who asks; throws `rate_limited`. */
  admit?: (who: Who, asking: Asking) => Promise<void> | void;
  limits?: { bytes?: number };
  /** The status of a good answer that has a body; 200 where it is not said. */
  status?: number;
  /** The shape of a good answer, for the API description. */
  answer?: z.ZodType;
  cors?: Cors<Who>;
};

/** What a handler gets: everything parsed, nothing left to check. */
export type Given<Who, Params extends Schema, Query extends Schema, Body extends BodySchema> = {
  who: Who;
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Body extends typeof rawBody ? Buffer : Parsed<Body>;
  request: Request;
  signal: AbortSignal;
  requestId: string;
  ip: string;
};

type Schema = z.ZodType | undefined;
type BodySchema = Schema | typeof rawBody;
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** Makes a route out of who may ask, what they say and the service that answers. */
export function route<
  Who,
  Params extends Schema = undefined,
  Query extends Schema = undefined,
  Body extends BodySchema = undefined,
>(
  spec: RouteSpec<Who, Params, Query, Body>,
  handler: (given: Given<Who, Params, Query, Body>) => unknown,
): RouteHandler {
  const answer: DirectHandler = async (request, params, requestId) => {
    const asking: Asking = { params, requestId, ip: clientAddress(request) };
    let who: Who | undefined;
    let answered: Answer | Response;
    try {
      who = await spec.who(request, asking);
      await spec.admit?.(who, asking);
      const result = await handler(await given(spec, request, who, asking));
      answered = result instanceof Response ? result : inJson(result, spec.status ?? 200);
    } catch (error) {
      answered = errorAnswer(error, requestId);
    }
    const extra = spec.cors === undefined ? undefined : await corsHeaders(spec.cors, request, who, params);
    return withHeaders(answered, requestId, extra);
  };
  return Object.assign(withWebDoor(answer), { [described]: descriptionOf(spec) });
}

function descriptionOf(spec: {
  params?: Schema;
  query?: Schema;
  body?: BodySchema;
  answer?: z.ZodType;
  status?: number;
}): Description {
  const { params, query, body, answer, status = 200 } = spec;
  return { params, query, body: typeof body === "symbol" ? "raw" : body, answer, status };
}

async function given<Who, Params extends Schema, Query extends Schema, Body extends BodySchema>(
  spec: RouteSpec<Who, Params, Query, Body>,
  request: Request,
  who: Who,
  { params, requestId, ip }: Asking,
): Promise<Given<Who, Params, Query, Body>> {
  const parts = {
    who,
    params: parseParams(spec.params, params),
    query: parseQuery(spec.query, request),
    body: await parseBody(spec.body, request, spec.limits?.bytes),
    request,
    requestId,
    ip,
    // Made only when a handler asks for it: most never do.
    get signal() {
      return request.signal;
    },
  };
  return parts as Given<Who, Params, Query, Body>;
}

function parseParams(schema: Schema, params: PathParts): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw new AppError("not_found", "There is nothing here.");
  return parsed.data;
}

function parseQuery(schema: Schema, request: Request): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(queryOf(request.url));
  if (!parsed.success) throw condense(parsed.error, "query");
  return parsed.data;
}

function queryOf(url: string): Record<string, string | string[]> {
  const start = url.indexOf("?");
  const values: Record<string, string | string[]> = {};
  if (start === -1) return values;
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
    if (value.includes("\u0000")) throw new AppError("invalid", "The query holds a NUL character.");
    const before = Object.hasOwn(values, name) ? values[name] : undefined;
    values[name] = before === undefined ? value : [before, value].flat();
  }
  return values;
}

async function parseBody(schema: BodySchema, request: Request, limit: number | undefined): Promise<unknown> {
  if (schema === undefined) return undefined;
  if (typeof schema === "symbol") return readBytes(request, limit);
  const parsed = schema.safeParse(await readJson(request, limit));
  if (!parsed.success) throw condense(parsed.error, "body");
  return parsed.data;
}

function inJson(result: unknown, status: number): Answer {
  if (result === undefined) return { status: 204, headers: {}, body: undefined };
  return { status, headers: {}, body: JSON.stringify(result) };
}

function withHeaders(
  answered: Answer | Response,
  requestId: string,
  extra: Record<string, string> | undefined,
): Answer | Response {
  if (answered instanceof Response) return addHeaders(answered, { ...extra, "x-request-id": requestId });
  const headers: Record<string, string> = {
    ...commonHeaders,
    ...answered.headers,
    "x-request-id": requestId,
  };
  if (answered.body !== undefined) headers["content-type"] = "application/json; charset=utf-8";
  if (extra !== undefined) Object.assign(headers, extra);
  return { status: answered.status, headers, body: answered.body };
}

function addHeaders(response: Response, headers: Record<string, string>): Response {
  // A redirect's headers cannot be changed, so it is copied; a stream must stay the very Response it is.
  const open = response.status >= 300 && response.status < 400 ? new Response(null, response) : response;
  for (const [name, value] of Object.entries(headers)) open.headers.set(name, value);
  for (const [name, value] of Object.entries(commonHeaders)) {
    if (!open.headers.has(name)) open.headers.set(name, value);
  }
  return open;
}
