import type { RequestListener, ServerResponse } from "node:http";
import { createServer as createSocketServer } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { outbound } from "#lib/outbound-http";
import { resolvingAsEver, resolvingTo } from "#support/fake-names";
import { aServer, closeServers, listening, redirect } from "#support/private-server";

afterEach(resolvingAsEver);
afterEach(closeServers);

describe("an answer", () => {
  it("comes whole, with its headers", async () => {
    const { host, url, seen } = await aServer((request, response) => {
      response.setHeader("set-cookie", ["a=1", "b=2"]);
      request.pipe(response.writeHead(207));
    });

    const answer = await outbound({ url, method: "PUT", body: "Zoë", privateHosts: [host] });

    expect(answer.status).toBe(207);
    expect(answer.body.toString()).toBe("Zoë");
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(seen[0]?.headers["content-length"]).toBe("4");
  });

  it.each([
    ["says that it is too large", { "content-length": "2000000" }],
    ["does not say how large it is", {}],
  ])("is not read to its end if it %s", async (_, headers: Record<string, string>) => {
    let isClosed = false;
    const { host, url } = await aServer((request, response) => {
      request.socket.once("close", () => {
        isClosed = true;
      });
      response.writeHead(200, headers);
      response.write(Buffer.alloc(5_000));
    });

    const asked = outbound({ url, maxBytes: 1_000, privateHosts: [host] });

    await expect(asked).rejects.toMatchObject({ code: "too_large", left: true });
    await vi.waitFor(() => expect(isClosed).toBe(true));
  });

  it("may be exactly as large as allowed", async () => {
    const { host, url } = await aServer((_, response) => response.end(Buffer.alloc(1_000)));

    const answer = await outbound({ url, maxBytes: 1_000, privateHosts: [host] });

    expect(answer.body.length).toBe(1_000);
  });

  it.each<[string, RequestListener]>([
    ["does not begin", () => {}],
    ["stops after its headers", (_, response) => response.writeHead(200).flushHeaders()],
    ["trickles", (_, response) => void trickle(response)],
  ])("is late if it %s", async (_, serve) => {
    const { host, url } = await aServer(serve);
    const began = performance.now();

    const asked = outbound({ url, timeoutMs: 150, privateHosts: [host] });

    await expect(asked).rejects.toMatchObject({ code: "timeout", left: true });
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  it("is late for all redirects together", async () => {
    const { host, url } = await aServer((request, response) => {
      setTimeout(() => redirect("/again")(request, response), 60).unref();
    });

    const asked = outbound({ url, timeoutMs: 150, redirects: 20, privateHosts: [host] });

    await expect(asked).rejects.toMatchObject({ code: "timeout" });
  });

  it.each<[string, RequestListener]>([
    ["before it begins", (request) => request.socket.destroy()],
    [
      "in its middle",
      (request, response) => {
        response.writeHead(200, { "content-length": "100" }).write("half");
        setTimeout(() => request.socket.destroy(), 20);
      },
    ],
  ])("is broken if the connection is cut %s, and may have been acted on", async (_, serve) => {
    const { host, url } = await aServer(serve);

    const asked = outbound({ url, method: "POST", body: "words", privateHosts: [host] });

    await expect(asked).rejects.toMatchObject({ code: "broken", left: true });
  });
});

describe("a request that never left", () => {
  it("says so where nobody listens", async () => {
    const { host, url } = await aServer();
    await closeServers();

    const asked = outbound({ url, privateHosts: [host] });

    await expect(asked).rejects.toMatchObject({ code: "unreachable", left: false });
  });

  it("says so where the name is unknown", async () => {
    resolvingTo();

    const asked = outbound({ url: "https://nowhere.example/" });

    await expect(asked).rejects.toMatchObject({ code: "unreachable", left: false });
  });

  it("says so where no secure connection came about", async () => {
    const { host } = await aServer();

    const asked = outbound({ url: `https://${host}/`, method: "POST", body: "x", privateHosts: [host] });

    await expect(asked).rejects.toMatchObject({ code: "unreachable", left: false });
  });

  it("says so where the secure connection is late", async () => {
    const host = await listening(createSocketServer((socket) => void socket.on("error", () => {}).resume()));

    const asked = outbound({ url: `https://${host}/`, timeoutMs: 100, privateHosts: [host] });

    await expect(asked).rejects.toMatchObject({ code: "timeout", left: false });
  });
});

async function trickle(response: ServerResponse): Promise<void> {
  const timer = setInterval(() => response.write("."), 20);
  response.once("close", () => clearInterval(timer));
}
