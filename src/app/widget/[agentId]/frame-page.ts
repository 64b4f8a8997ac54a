import type { AgentCard } from "#contracts/chat";

/** The window's files; its script cannot begin without its parts. */
export type FrameAssets = { script: string; parts: readonly string[]; styles: string };

export type FramePage = { agentId: string; card: AgentCard; allowedOrigins: readonly string[] };

/** The page inside the frame: no inline script or style, and only the agent's allowed origins may embed it. */
export function framePage({ agentId, card, allowedOrigins }: FramePage, assets: FrameAssets): Response {
  const config = inScript(JSON.stringify({ agentId, card, allowedOrigins }));
  const parts = assets.parts.map((part) => `<link rel="modulepreload" href="/widget/${part}">\n`).join("");
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>Chat</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/widget/${assets.styles}">
${parts}<script type="application/json" id="baton-config">${config}</script>
<script type="module" src="/widget/${assets.script}"></script>
</head>
<body><div id="baton"></div></body>
</html>
`;
  return new Response(html, { headers: frameHeaders(allowedOrigins) });
}

/** The page for an agent that does not exist: it says nothing more. */
export function noFrame(): Response {
  return new Response("There is no chat here.", {
    status: 404,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-security-policy": "frame-ancestors 'none'",
    },
  });
}

function frameHeaders(allowedOrigins: readonly string[]): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' blob: data:",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${["'self'", ...allowedOrigins.filter(isPlainOrigin)].join(" ")}`,
  ];
  return {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy.join("; "),
    "cache-control": "no-cache",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}

// A list that is edited by people must not be able to add a directive of its own.
function isPlainOrigin(origin: string): boolean {
  return /^https?:\/\/[a-z0-9.[\]:-]+$/i.test(origin);
}

function inScript(json: string): string {
  return json.replace(/</g, "\\u003c");
}
