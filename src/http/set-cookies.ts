/** Answers with JSON and sets cookies. */
export function withCookies(body: unknown, cookies: string[], status: number): Response {
  const response = Response.json(body, { status });
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}
