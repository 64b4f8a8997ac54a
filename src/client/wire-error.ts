/** What the server, or the way to it, answered instead of what was asked for. */
export class WireError extends Error {
  code: string;
  status: number | undefined;
  requestId: string | undefined;
  retryAfter: number | undefined;
  details: Record<string, unknown> | undefined;

  constructor(
    code: string,
    message: string,
    more: {
      status?: number;
      requestId?: string | undefined;
      retryAfter?: number | undefined;
      details?: Record<string, unknown> | undefined;
    } = {},
  ) {
    super(message);
    this.name = "WireError";
    this.code = code;
    this.status = more.status;
    this.requestId = more.requestId;
    this.retryAfter = more.retryAfter;
    this.details = more.details;
  }
}

/** Says whether trying the same again may help: the way was cut, or the server is busy or away. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof WireError)) return true;
  const { status } = error;
  return status === undefined || status >= 500 || status === 429 || status === 408;
}

/** Makes any thrown thing a `WireError`, keeping one that is. */
export function asWireError(error: unknown): WireError {
  if (error instanceof WireError) return error;
  return new WireError("unreachable", "The server cannot be reached.");
}

/** Reads an error answer, with the milliseconds it asks to wait. */
export async function readWireError(response: Response): Promise<WireError> {
  const said = errorOf(await response.json().catch(() => undefined));
  return new WireError(said.code ?? "unavailable", said.message ?? "The server gave no usable answer.", {
    status: response.status,
    requestId: said.requestId ?? response.headers.get("x-request-id") ?? undefined,
    retryAfter: retryAfterOf(response.headers.get("retry-after")),
    details: said.details,
  });
}

type Said = {
  code?: string;
  message?: string;
  requestId?: string;
  details?: Record<string, unknown> | undefined;
};

function errorOf(body: unknown): Said {
  if (typeof body !== "object" || body === null || !("error" in body)) return {};
  const { error } = body;
  if (typeof error !== "object" || error === null) return {};
  const said: Said = {};
  if ("code" in error && typeof error.code === "string") said.code = error.code;
  if ("message" in error && typeof error.message === "string") said.message = error.message;
  if ("requestId" in error && typeof error.requestId === "string") said.requestId = error.requestId;
  if ("details" in error && typeof error.details === "object" && error.details !== null) {
    said.details = { ...error.details };
  }
  return said;
}

function retryAfterOf(header: string | null): number | undefined {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}
