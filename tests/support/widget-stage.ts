import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { AgentCard } from "#contracts/chat";
import { type FakeChatOptions, fakeAgentId, startFakeChatServer } from "./fake-chat-server.ts";

const root = join(import.meta.dirname, "..", "..");
type FramePage = { agentId: string; card: AgentCard; allowedOrigins: readonly string[] };
type FrameModule = {
  framePage: (page: FramePage, assets: { script: string; parts: string[]; styles: string }) => Response;
  noFrame: () => Response;
};

/** The page inside the frame, as the product serves it. */
export const { framePage, noFrame }: FrameModule = await import(
  new URL("../../src/app/widget/[agentId]/frame-page.ts", import.meta.url).href
);

const types: Record<string, string> = { js: "text/javascript", css: "text/css", json: "application/json" };

export type WidgetStage = Awaited<ReturnType<typeof startWidgetStage>>;

type HostPage = { dir?: string; theme?: string; csp?: string | false; body?: string; attributes?: string };

/** A page of a foreign origin that embeds the built widget, and a Baton of which only the wire is real. */
export async function startWidgetStage(options: FakeChatOptions & { page?: HostPage } = {}) {
  const allowed: string[] = [];
  const chat = await startFakeChatServer({
    ...options,
    elsewhere(request, response) {
      const path = new URL(request.url ?? "/", "http://baton").pathname;
      if (path === `/widget/${fakeAgentId}`) {
        answerFrame(response);
        return true;
      }
      if (!path.startsWith("/widget/") || path.includes("..")) return false;
      serveFile(join(root, "public", path), response);
      return true;
    },
  });

  async function answerFrame(response: ServerResponse) {
    const assets = JSON.parse(await readFile(join(root, "public/widget/manifest.json"), "utf8"));
    const page = framePage({ agentId: fakeAgentId, card: chat.card, allowedOrigins: allowed }, assets);
    await answer(response, page);
  }

  const host = createServer((_request, response) => {
    const { dir = "ltr", csp, body = "<h1>A shop</h1><p>Things.</p>", attributes = "" } = options.page ?? {};
    const policy = csp ?? `default-src 'none'; script-src ${chat.url}; frame-src ${chat.url}`;
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      ...(policy === false ? {} : { "content-security-policy": policy }),
    });
    response.end(`<!doctype html><html lang="en" dir="${dir}"><head><title>A shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script async src="${chat.url}/widget/loader.js" data-agent="${fakeAgentId}" data-color="${chat.card.color}" ${attributes}></script>
</head><body><main>${body}<button>Buy</button></main></body></html>`);
  });
  await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
  const hostUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  allowed.push(hostUrl);

  return {
    chat,
    hostUrl,
    allowed,
    frameUrl: `${chat.url}/widget/${fakeAgentId}`,
    async stop() {
      await chat.stop();
      host.closeAllConnections();
      await new Promise((resolve) => host.close(resolve));
    },
  };
}

async function serveFile(path: string, response: ServerResponse) {
  try {
    const bytes = await readFile(path);
    response
      .writeHead(200, { "content-type": types[path.split(".").at(-1) ?? ""] ?? "text/plain" })
      .end(bytes);
  } catch {
    await answer(response, noFrame());
  }
}

async function answer(response: ServerResponse, from: Response) {
  response.writeHead(from.status, Object.fromEntries(from.headers));
  response.end(Buffer.from(await from.arrayBuffer()));
}
