/** An answer whose body is already text: the lane writes it as it is, the web door wraps it in a Response. */
export type Answer = { status: number; headers: Record<string, string>; body: string | undefined };

/** The headers that every API answer carries unless it says otherwise. */
export const commonHeaders = { "cache-control": "no-store", "x-content-type-options": "nosniff" } as const;

/** Wraps an answer in a web Response. */
export function toResponse({ status, headers, body }: Answer): Response {
  return new Response(body ?? null, { status, headers });
}
