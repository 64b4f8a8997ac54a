import { AppError, type ErrorCode } from "#lib/errors";
import { auth, forgetRecognised } from "#services/accounts";
import { limit } from "#services/rate-limit";
import { parseJson } from "./read-body.ts";

// All that better-auth answers to the outside. Its endpoints for members, invitations and companies stay shut:
// ours audit what they do and keep the last owner.
// Nor those that tell a page the tokens of sessions: cookies that scripts cannot read would be worth less.
const open: ReadonlySet<string> = new Set([
  "POST /sign-in/email",
  "POST /sign-out",
  "POST /revoke-other-sessions",
  "GET /organization/list",
  "POST /organization/set-active",
]);

/** Lets better-auth answer one of its open endpoints. Throws what it refuses as our own errors. */
export async function answerAuth(
  request: Request,
  body: Uint8Array | undefined,
  ip: string,
): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^\/api\/auth/, "");
  if (!open.has(`${request.method} ${path}`)) throw new AppError("not_found", "There is nothing here.");
  // Parsed as our own routes parse: no form slips past the count of tries, nothing that cannot be kept comes in.
  const said = body === undefined || body.length === 0 ? undefined : jsonIn(request, body);
  if (path.startsWith("/sign-in")) await limit({ signIn: ip, signInEmail: emailIn(said) });
  const response = await auth().handler(asWebRequest(request, body));
  if (path === "/sign-out" || path.startsWith("/revoke")) forgetRecognised();
  if (response.status >= 400) throw await refusal(response);
  return response;
}

function asWebRequest(request: Request, body: Uint8Array | undefined): Request {
  const { method, url, headers } = request;
  return new Request(url, { method, headers, ...(body === undefined ? {} : { body: new Uint8Array(body) }) });
}

function jsonIn(request: Request, body: Uint8Array): unknown {
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers.get("content-type") ?? ""))
    throw new AppError("unsupported_media", "The body must be JSON with the content type application/json.");
  return parseJson(body);
}

function emailIn(said: unknown): string | undefined {
  const email = typeof said === "object" && said !== null && "email" in said ? said.email : undefined;
  return typeof email === "string" ? email.trim().toLowerCase().slice(0, 320) : undefined;
}

const codes: Record<number, ErrorCode> = {
  400: "invalid",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  415: "unsupported_media",
  422: "invalid",
  429: "rate_limited",
};

async function refusal(response: Response): Promise<AppError> {
  const said: unknown = await response.json().catch(() => undefined);
  const message = typeof said === "object" && said !== null && "message" in said ? String(said.message) : "";
  const code = codes[response.status] ?? "internal";
  if (code === "internal") return new AppError(code, "Something went wrong on our side. Please try again.");
  return new AppError(code, message || "This did not work.");
}
