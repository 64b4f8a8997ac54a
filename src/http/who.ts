import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import {
  bearerKey,
  currentOperator,
  must,
  type OperatorWho,
  operatorByKey,
  type Permission,
  type Staff,
} from "#services/accounts";
import { limit } from "#services/rate-limit";
import type { Resolver } from "./route.ts";

/** Somebody of the company, by session cookie or API key: reading needs one right, everything else the other. */
export const operator: Resolver<Staff> = (request, asking) =>
  may(isSafe(request) ? "conversations:read" : "conversations:write")(request, asking);

/** Somebody of the company who has this right, by session cookie or API key. */
export function may(permission: Permission): Resolver<Staff> {
  return async (request, { ip }) => {
    const who = await staff(request, ip);
    must(who, permission);
    // Apart from what its customers use up: a flood of them must not lock those out who answer.
    await limit({ company: `${who.companyId}/staff` });
    return who;
  };
}

/** A signed-in person who has this right; API keys are not let in. */
export function person(permission: Permission = "conversations:read"): Resolver<OperatorWho> {
  const any = may(permission);
  return async (request, asking) => {
    const who = await any(request, asking);
    if (who.kind !== "operator") throw new AppError("forbidden", "This needs a person who is signed in.");
    return who;
  };
}

/** Counts a stranger by address and, where they change something, asks that they come from a page of ours. */
export const visitor: Resolver<undefined> = async (request, { ip }) => {
  if (!isSafe(request)) fromOurPages(request.headers);
  await limit({ ip });
  return undefined;
};

/** Lets pass what a page of ours, or no page at all, has sent. Throws `forbidden` for what another site's page sent. */
export function fromOurPages(headers: Headers): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const ours =
    origin === null
      ? site === null || site === "same-origin" || site === "none"
      : isOurs(origin, headers.get("host"));
  if (ours) return;
  throw new AppError("forbidden", "This request does not come from a page of Baton.");
}

async function staff(request: Request, ip: string): Promise<Staff> {
  const { headers } = request;
  const who = bearerKey(headers) === undefined ? await fromCookie(request) : await operatorByKey(headers);
  if (who !== undefined) return who;
  // Counted only for those who are not recognised: a guesser is slowed, a busy office is not.
  await limit({ ip });
  throw new AppError("unauthenticated", "Please sign in, or send an API key that is still good.");
}

async function fromCookie(request: Request): Promise<OperatorWho | undefined> {
  const who = await currentOperator(request.headers);
  // A browser adds the cookie to requests of any site's page, so the page it comes from decides.
  if (who !== undefined && !isSafe(request)) strictlyFromOurPages(request.headers);
  return who;
}

function strictlyFromOurPages(headers: Headers): void {
  if (headers.get("origin") === null && headers.get("sec-fetch-site") === null)
    throw new AppError("forbidden", "A request with a session cookie must name its origin.");
  fromOurPages(headers);
}

// A page can only name the host it was loaded from as its origin, and only that host's cookies come with it.
function isOurs(origin: string, host: string | null): boolean {
  if (origin === new URL(env.PUBLIC_BASE_URL).origin) return true;
  return host !== null && (origin === `http://${host}` || origin === `https://${host}`);
}

function isSafe(request: Request): boolean {
  return request.method === "GET" || request.method === "HEAD";
}
