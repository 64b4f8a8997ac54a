import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#lib/errors";

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Baton API</title>
<link rel="icon" href="/api/docs/favicon-32x32.png">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<main id="docs"></main>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`;

const start = `SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  requestInterceptor: (request) => Object.assign(request, { credentials: "same-origin" }),
});
`;

// All of the package that the page needs; nothing else of it can be asked for.
const fromPackage: Record<string, string> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "favicon-32x32.png": "image/png",
};

const headers = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};

/** One file of the page at /api/docs, served by us alone. Throws `not_found` for any other. */
export async function docsFile(path: string[]): Promise<Response> {
  const name = path.join("/");
  if (name === "") return answer(page, "text/html; charset=utf-8", "no-store");
  if (name === "start.js") return answer(start, "text/javascript; charset=utf-8", "no-cache");
  const type = Object.hasOwn(fromPackage, name) ? fromPackage[name] : undefined;
  if (type === undefined) throw new AppError("not_found", "There is nothing here.");
  const bytes = await readFile(join(process.cwd(), "node_modules", "swagger-ui-dist", name));
  return answer(new Uint8Array(bytes), type, "public, max-age=86400");
}

function answer(body: BodyInit, type: string, cache: string): Response {
  return new Response(body, { headers: { ...headers, "content-type": type, "cache-control": cache } });
}
