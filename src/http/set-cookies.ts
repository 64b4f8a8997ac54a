/** Answers with JSON and sets cookies. */
export function withCookies(body: unknown, cookies: string[], status: number): Response {
  const response = Response.json(body, { status });
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

/** Sends the reader on to a path of ours and sets cookies. */
export function redirectWith(path: string, cookies: string[]): Response {
  const response = new Response(null, {
    status: 303,
    headers: { location: path, "referrer-policy": "no-referrer" },
  });
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}
