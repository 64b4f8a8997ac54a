import { readdir } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { AppError } from "#lib/errors";
import { type Answer, commonHeaders } from "./answer.ts";
import { errorAnswer } from "./errors.ts";
import { LaneRequest } from "./lane-request.ts";
import { type Branch, branch, find, type Match, plant } from "./lane-router.ts";
import { writeAnswer, writeResponse } from "./lane-write.ts";
import { type DirectHandler, direct, type PathParts, requestIdOf } from "./route-handler.ts";

/** Answers a request of the API, and says whether it was one. */
export type Lane = (message: IncomingMessage, to: ServerResponse) => boolean;

/** What a route file exports, as far as the lane cares. */
export type RouteModule = Record<string, unknown>;

type WebHandler = (request: Request, context: { params: Promise<PathParts> }) => Promise<Response> | Response;
type Way = { [direct]?: DirectHandler } & WebHandler;
type Ways = Map<string, Way>;

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Loads every `route.ts` under a folder such as `src/app/api` and opens the fast lane to them. */
export async function loadLane(folder: string, { prefix = "api" } = {}): Promise<Lane> {
  return openLane(await loadRoutes(folder, { prefix }), { prefix });
}

/** Loads every `route.ts` under a folder, by its App Router path such as `api/chat/[sessionId]/message`. */
export async function loadRoutes(
  folder: string,
  { prefix = "api" } = {},
): Promise<Record<string, RouteModule>> {
  const modules: Record<string, RouteModule> = {};
  for (const file of await routeFiles(folder)) {
    const path = [prefix, ...relative(folder, dirname(file)).split(sep)].filter(Boolean).join("/");
    modules[path] = await import(
      /* webpackIgnore: true */ /* turbopackIgnore: true */ pathToFileURL(file).href
    );
  }
  return modules;
}

/** Opens the fast lane to route modules given by their App Router paths. */
export function openLane(modules: Record<string, RouteModule>, { prefix = "api" } = {}): Lane {
  const root = branch<Ways>();
  for (const [path, module] of Object.entries(modules)) plant(root, path, waysOf(module));
  const start = `/${prefix}/`;
  return (message, to) => {
    const url = message.url ?? "";
    if (!url.startsWith(start)) return false;
    void serve(root, url, message, to);
    return true;
  };
}

async function serve(
  root: Branch<Ways>,
  url: string,
  message: IncomingMessage,
  to: ServerResponse,
): Promise<void> {
  const lane = new LaneRequest(message);
  // The one place where our request stands in for the web's: routes use no more of it than it has.
  const request = lane as unknown as Request;
  const requestId = requestIdOf(request);
  const head = lane.method === "HEAD";
  try {
    const answered = await answer(find(root, pathOf(url)), lane, request, requestId);
    if (to.destroyed && answered instanceof Response) await answered.body?.cancel();
    if (to.destroyed) return;
    if (answered instanceof Response) await writeResponse(to, answered, { head });
    else writeAnswer(to, answered, { head });
  } catch (error) {
    if (to.headersSent) to.destroy();
    else writeAnswer(to, refusal(error, requestId), { head });
  }
}

async function answer(
  match: Match<Ways> | undefined,
  lane: LaneRequest,
  request: Request,
  requestId: string,
): Promise<Answer | Response> {
  if (match === undefined) return refusal(new AppError("not_found", "There is nothing here."), requestId);
  const way = match.leaf.get(lane.method) ?? (lane.method === "HEAD" ? match.leaf.get("GET") : undefined);
  if (way === undefined) return wrongMethod(match.leaf, lane.method, requestId);
  const straight = way[direct];
  if (straight !== undefined) return straight(request, match.params, requestId);
  return way(lane.web(), { params: Promise.resolve(match.params) });
}

function wrongMethod(ways: Ways, method: string, requestId: string): Answer {
  const allow = [...ways.keys(), ...(ways.has("GET") && !ways.has("HEAD") ? ["HEAD"] : []), "OPTIONS"];
  const headers = { ...commonHeaders, allow: [...new Set(allow)].join(", "), "x-request-id": requestId };
  if (method === "OPTIONS") return { status: 204, headers, body: undefined };
  const refused = refusal(
    new AppError("method_not_allowed", `This address does not answer ${method}.`),
    requestId,
  );
  return { ...refused, headers: { ...refused.headers, ...headers } };
}

function refusal(error: unknown, requestId: string): Answer {
  const refused = errorAnswer(error, requestId);
  const type = { "content-type": "application/json; charset=utf-8" };
  return {
    ...refused,
    headers: { ...commonHeaders, ...type, ...refused.headers, "x-request-id": requestId },
  };
}

function waysOf(module: RouteModule): Ways {
  const ways: Ways = new Map();
  for (const method of methods) {
    const way = module[method];
    if (typeof way === "function") ways.set(method, way as Way);
  }
  return ways;
}

function pathOf(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

async function routeFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name === "route.ts");
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}
