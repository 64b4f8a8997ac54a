import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { custom } from "#channels/custom/channel";
import { type Outgoing, outsideOf } from "#services/channels";

const secret = `whsec_${Buffer.from("e".repeat(32)).toString("base64")}`;
const understood: ReturnType<typeof custom.parse> = [];
const refused: string[] = [];
const server = createServer(async (incoming, response) => {
  const request = {
    method: "POST" as const,
    url: new URL("https://help.example.com/api/webhooks/c/a/custom/w"),
    headers: new Headers(incoming.headers as Record<string, string>),
    rawBody: Buffer.concat(await incoming.toArray()),
    now: new Date(),
  };
  const config = { endpoint: "https://example.com/", secret };
  const verdict = await custom.verify(request, config, outsideOf());
  if (verdict.ok) understood.push(...custom.parse(request, config));
  else refused.push(verdict.reason);
  response.writeHead(verdict.ok ? 200 : 401).end();
});

let folder: string;
let example: ChildProcess;
let port: number;
let printed = "";

// The example stands in the documentation, so it is tried as a reader would try it.
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = await aFreePort();
  folder = await mkdtemp(join(tmpdir(), "baton-example-"));
  const page = await readFile("docs/custom-channel.md", "utf8");
  const [, code = ""] = /```js\n(.*?)```/s.exec(page) ?? [];
  await writeFile(join(folder, "custom-channel.mjs"), code);
  const webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  example = spawn(process.execPath, [join(folder, "custom-channel.mjs")], {
    env: { ...process.env, BATON_WEBHOOK_URL: webhook, BATON_SECRET: secret, PORT: String(port) },
  });
  example.stdout?.on("data", (piece) => {
    printed += piece;
  });
  example.stderr?.on("data", (piece) => {
    printed += piece;
  });
  await vi.waitFor(() => expect(printed).toContain("Write to Baton"), { timeout: 10_000 });
}, 15_000);

afterAll(async () => {
  example.kill();
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
});

async function aFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return free;
}

function sending(key: string, signingSecret = secret) {
  const part: Outgoing = {
    key,
    thread: { key: "user-7", kind: "direct", address: { conversation: "user-7", recipient: "user-7" } },
    author: "agent",
    content: { type: "text", text: "It arrives on Monday.", plain: "It arrives on Monday." },
    lastCustomerAt: undefined,
  };
  const outside = { ...outsideOf(), privateHosts: [`127.0.0.1:${port}`] };
  return custom.send(part, { endpoint: `http://127.0.0.1:${port}/`, secret: signingSecret }, outside);
}

it("the documented example tells what a customer wrote", async () => {
  example.stdin?.write("Where is my parcel?\n");

  await vi.waitFor(() =>
    expect(understood).toMatchObject([
      { kind: "message", senderName: "Ada", content: "Where is my parcel?" },
    ]),
  );
});

it("the documented example shows an answer once, and reports it as delivered", async () => {
  await sending("part-1");
  await sending("part-1");

  await vi.waitFor(() =>
    expect(understood).toContainEqual(
      expect.objectContaining({ kind: "receipt", externalId: "part-1", status: "delivered" }),
    ),
  );
  expect(printed.match(/agent: It arrives on Monday\./g)).toHaveLength(1);
  expect(refused).toEqual([]);
});

it("the documented example refuses what another signed", async () => {
  const other = `whsec_${Buffer.from("o".repeat(32)).toString("base64")}`;

  await expect(sending("part-2", other)).rejects.toMatchObject({ kind: "permanent", code: "http_401" });
});
