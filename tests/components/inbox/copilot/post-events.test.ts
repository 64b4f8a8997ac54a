import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { postEvents } from "#components/inbox/copilot/post-events.ts";
import { RewriteEvent } from "#contracts/copilot";

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

it("hears each event of the answer, however its bytes are cut", async () => {
  const url = await aServer((to) => {
    to.writeHead(200, { "content-type": "text/event-stream" });
    for (const byte of `${frame({ type: "delta", offset: 0, text: "Grüße" })}${frame({ type: "done", text: "Grüße" })}`)
      to.write(byte);
    to.end();
  });
  expect(await heard(url)).toEqual([
    { type: "delta", offset: 0, text: "Grüße" },
    { type: "done", text: "Grüße" },
  ]);
});

it("throws what the server says instead, and that a stream broke off before its end", async () => {
  const refused = await aServer((to) => {
    to.writeHead(409, { "content-type": "application/json" });
    to.end('{"error":{"code":"conflict","message":"No model.","requestId":"r"}}');
  });
  await expect(heard(refused)).rejects.toMatchObject({ code: "conflict", message: "No model." });
  const cut = await aServer((to) => {
    to.writeHead(200, { "content-type": "text/event-stream" });
    to.end(frame({ type: "delta", offset: 0, text: "Gr" }));
  });
  await expect(heard(cut)).rejects.toMatchObject({ code: "cut" });
});

it("ends quietly, and hears nothing more, once it was called off", async () => {
  const leave = new AbortController();
  const url = await aServer((to) => {
    to.writeHead(200, { "content-type": "text/event-stream" });
    to.write(frame({ type: "delta", offset: 0, text: "Gr" }));
  });
  const events: RewriteEvent[] = [];
  const onEvent = (event: RewriteEvent) => {
    events.push(event);
    leave.abort();
  };
  await postEvents({ url, body: {}, schema: RewriteEvent, onEvent, signal: leave.signal });
  expect(events).toHaveLength(1);
});

async function heard(url: string): Promise<RewriteEvent[]> {
  const events: RewriteEvent[] = [];
  const onEvent = (event: RewriteEvent) => void events.push(event);
  await postEvents({ url, body: {}, schema: RewriteEvent, onEvent, signal: new AbortController().signal });
  return events;
}

async function aServer(answer: (to: ServerResponse) => void): Promise<string> {
  const server = createServer((_, to) => answer(to));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  open.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function frame(event: RewriteEvent): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
