import { AppError, type ErrorCode } from "#lib/errors";
import { auth, forgetRecognised } from "#services/accounts";
import { limit } from "#services/rate-limit";

// All that better-auth answers to the outside. Its endpoints for members, invitations and companies stay shut:
// ours audit what they do and keep the last owner.
const open: ReadonlySet<string> = new Set([
  "GET /get-session",
  "POST /sign-in/email",
  "POST /sign-out",
  "GET /list-sessions",
  "POST /revoke-session",
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
  if (path.startsWith("/sign-in")) await limit({ signIn: ip, signInEmail: emailIn(body) });
  const response = await auth().handler(asWebRequest(request, body));
  if (path === "/sign-out" || path.startsWith("/revoke")) forgetRecognised();
  if (response.status >= 400) throw await refusal(response);
  return response;
}

function asWebRequest(request: Request, body: Uint8Array | undefined): Request {
  const { method, url, headers } = request;
  return new Request(url, { method, headers, ...(body === undefined ? {} : { body: new Uint8Array(body) }) });
}

function emailIn(body: Uint8Array | undefined): string | undefined {
  try {
    const { email } = JSON.parse(new TextDecoder().decode(body)) as { email?: unknown };
    return typeof email === "string" ? email.trim().toLowerCase().slice(0, 320) : undefined;
  } catch {
    return undefined;
  }
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
