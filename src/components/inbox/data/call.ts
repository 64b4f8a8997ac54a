import type { z } from "zod";
import { asWireError, readWireError } from "#client/wire-error";

/** Asks for something. Throws a `WireError` when the server says no. */
export async function get<T>(url: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
  return schema.parse(await ask(url, signal ? { signal } : {}));
}

/** Sends something. Throws a `WireError` when the server says no. */
export async function send<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  url: string,
  body: unknown,
  schema: z.ZodType<T>,
): Promise<T> {
  const said =
    body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  // Also what is sent at the very moment the window closes arrives.
  return schema.parse(await ask(url, { method, keepalive: true, ...said }));
}

/** The parts of an address that are there, as its query. */
export function query(parts: Record<string, string | number | undefined>): string {
  const there = Object.entries(parts).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return there.length === 0 ? "" : `?${new URLSearchParams(there)}`;
}

async function ask(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, { cache: "no-store", ...init }).catch((error) => {
    throw init.signal?.aborted ? error : asWireError(error);
  });
  if (!response.ok) throw await readWireError(response);
  return response.status === 204 ? undefined : response.json();
}
