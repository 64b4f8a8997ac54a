import type { z } from "zod";
import { newRequestId } from "#lib/ids";
import { type Answer, toResponse } from "./answer.ts";
import { header } from "./read-body.ts";

/** The parts of a path as they stand in the URL, before any schema has seen them. */
export type PathParts = Record<string, string | string[] | undefined>;

/** Answers a request without a web Response in between; the fast lane takes this way. */
export type DirectHandler = (
  request: Request,
  params: PathParts,
  requestId: string,
) => Promise<Answer | Response>;

/** Holds a route's direct way on the function that Next calls. */
export const direct = Symbol.for("baton.route.direct");

/** Holds what a route says of itself, for the API description and for tests that walk all routes. */
export const described = Symbol.for("baton.route.described");

/** The schemas of a route, and the status of its good answer. */
export type Description = {
  params: z.ZodType | undefined;
  query: z.ZodType | undefined;
  body: z.ZodType | "raw" | undefined;
  answer: z.ZodType | undefined;
  status: number;
};

/** An App Router handler that the fast lane can also call directly. */
export type RouteHandler = {
  (request: Request, context?: { params: Promise<PathParts> | PathParts }): Promise<Response>;
  [direct]: DirectHandler;
  [described]?: Description;
};

/** Opens the web door beside a direct handler, so that Next and the fast lane reach the same answer. */
export function withWebDoor(answer: DirectHandler): RouteHandler {
  const web = async (request: Request, context?: { params: Promise<PathParts> | PathParts }) => {
    const answered = await answer(request, (await context?.params) ?? {}, requestIdOf(request));
    return answered instanceof Response ? answered : toResponse(answered);
  };
  return Object.assign(web, { [direct]: answer });
}

/** The id of a request: the caller's own where it is sane, else a new one. */
export function requestIdOf(request: Request): string {
  const given = header(request, "x-request-id");
  return given !== null && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : newRequestId();
}
