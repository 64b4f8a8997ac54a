import { ErrorBody } from "#contracts/errors";

/** What came of a request: its answer, or words for the reader and for each field. */
export type Outcome<T> =
  | { ok: true; data: T }
  | { ok: false; code: string; message: string; fields: Record<string, string> };

const unreachable = "Baton cannot be reached right now. Nothing was saved; please try again.";

/** Sends JSON to our own API and never throws. */
export async function callApi<T>(method: string, path: string, body?: unknown): Promise<Outcome<T>> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.headers = { "content-type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(path, init).catch(() => undefined);
  if (response === undefined) return { ok: false, code: "unreachable", message: unreachable, fields: {} };
  const said: unknown = await response.json().catch(() => undefined);
  if (response.ok) return { ok: true, data: said as T };
  const parsed = ErrorBody.safeParse(said);
  if (!parsed.success) return { ok: false, code: "unreachable", message: unreachable, fields: {} };
  const { code, message, details } = parsed.data.error;
  return { ok: false, code, message, fields: fieldsOf(details) };
}

function fieldsOf(details: Record<string, unknown> | undefined): Record<string, string> {
  const fields = details?.fields;
  if (typeof fields !== "object" || fields === null) return {};
  return Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, String(text)]));
}
