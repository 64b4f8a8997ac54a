import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { createParser } from "eventsource-parser";
import { axeInBoth } from "#support/axe";
import { type RunningBaton, startBaton } from "#support/baton";
import { type ModelServer, startModelServer } from "#support/model-server";
import { type Reader, readSocket, readSse, until } from "#support/readers";

const story = Array.from({ length: 40 }, (_, index) => `word${index} `);

let model: ModelServer;
let baton: RunningBaton;
let line: Awaited<ReturnType<typeof layLine>>;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  model = await startModelServer({ chunks: story, betweenMs: 50 });
  baton = await startBaton({ OPENAI_BASE_URL: model.url, OPENAI_API_KEY: "none" });
  line = await layLine(baton.port);
});
test.afterAll(async () => {
  line?.close();
  await baton?.stop();
  await model?.close();
});

/** A wire between a browser and Baton that can be cut. */
async function layLine(port: number) {
  const ends = new Set<Socket>();
  let isCut = false;
  const server = createServer((from) => {
    if (isCut) {
      from.destroy();
      return;
    }
    const to = connect(port, "localhost");
    for (const [end, other] of [
      [from, to],
      [to, from],
    ] as const) {
      ends.add(end);
      end.on("error", () => undefined);
      end.on("close", () => {
        ends.delete(end);
        other.destroy();
      });
      end.pipe(other);
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
      for (const end of ends) end.destroy();
    },
    mend() {
      isCut = false;
    },
    close() {
      for (const end of ends) end.destroy();
      server.close();
    },
  };
}

async function open(page: Page, transport?: "SSE" | "WebSocket" | "Polling"): Promise<void> {
  await page.goto(`${line.url}/demo/react`);
  await expect(page.getByLabel("Message", { exact: true })).toBeVisible();
  if (transport !== undefined) await page.getByRole("radio", { name: transport }).check({ force: true });
  await expect(state(page)).toHaveText("Connected");
}

const state = (page: Page) => page.getByRole("status").filter({ hasText: /Connect|Reconnect|Poll|Offline/ });
const log = (page: Page) => page.getByRole("log");
const written = (page: Page) => page.getByRole("article", { name: /is writing/ });

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByLabel("Message", { exact: true });
  await field.fill(text);
  await field.press("Enter");
}

type Ticket = { sessionId: string; token: string };

function ticket(page: Page): Promise<Ticket> {
  return page.evaluate(() => {
    const key = Object.keys(sessionStorage).find((name) => name.startsWith("baton:")) ?? "";
    return JSON.parse(sessionStorage.getItem(key) ?? "{}");
  });
}

async function ask({ sessionId, token }: Ticket, verb: string, body?: unknown) {
  const response = await fetch(`${baton.url}/api/chat/${sessionId}/${verb}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

type Stored = { seq: number; text: string; author: { kind: string } };

async function stored(of: Ticket): Promise<Stored[]> {
  const { events } = await ask(of, "events?after=0");
  return events.flatMap((event: { message?: Stored }) => event.message ?? []);
}

/** What the page shows is the log that the server keeps: all of it, in order, each once. */
async function expectTheWholeLog(page: Page): Promise<void> {
  const mine = await ticket(page);
  await expect(async () => {
    const seqs = (await stored(mine)).map(({ seq }) => String(seq));
    const shown = await log(page)
      .locator("[data-seq]")
      .evaluateAll((all) => all.map((one) => one.getAttribute("data-seq")));
    expect(shown).toEqual(seqs);
  }).toPass({ timeout: 10_000 });
}

test("a question over a WebSocket outlives the cut of its line, without loss or doubles", async ({
  page,
}) => {
  const sockets: string[] = [];
  const complaints: string[] = [];
  page.on("websocket", (socket) => sockets.push(socket.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await open(page);

  await say(page, "How long do I have to return a tent?");
  await expect(written(page)).toContainText("word3");
  line.cut();
  await expect(state(page)).toHaveText("Reconnecting");
  const mine = await ticket(page);
  const answers = async () => (await stored(mine)).filter(({ author }) => author.kind === "agent").length;
  await expect.poll(answers).toBe(1);
  await ask(mine, "message", { clientId: crypto.randomUUID(), text: "Said on another device" });
  line.mend();

  await expect(state(page)).toHaveText("Connected", { timeout: 30_000 });
  await expect(log(page).getByText("Said on another device")).toHaveCount(1);
  await expect.poll(answers).toBe(2);
  await expectTheWholeLog(page);
  await expect(written(page)).toHaveCount(0);
  await expect(log(page).getByText(/word0 .*word39/)).toHaveCount(2);
  await expect(page.getByText(/^\d+ms$/).first()).toBeVisible();

  expect(sockets.length).toBeGreaterThan(1);
  expect(sockets.every((url) => url === `${line.url.replace("http", "ws")}/ws`)).toBe(true);
  expect(complaints).toEqual([]);
});

test("what cannot be sent stays, and is stored once when it is tried again", async ({ page }) => {
  await open(page);
  line.cut();
  await expect(state(page)).toHaveText("Reconnecting");
  await say(page, "Do you repair zips?");
  await expect(log(page).getByText("Not sent")).toBeVisible();
  line.mend();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(log(page).getByText("Not sent")).toHaveCount(0);
  await expect(state(page)).toHaveText("Connected", { timeout: 30_000 });
  await expect(log(page).getByText("Do you repair zips?")).toHaveCount(1);
  await expect(log(page).getByText(/word0 .*word39/)).toHaveCount(1);
  await expectTheWholeLog(page);
});

test("polling and SSE carry the same chat on, and a reload finds all of it", async ({ page }) => {
  await open(page, "Polling");
  await say(page, "Asked by polling");
  await expect(log(page).getByText(/word0 .*word39/)).toHaveCount(1, { timeout: 15_000 });
  await expectTheWholeLog(page);

  await page.getByRole("radio", { name: "SSE" }).check({ force: true });
  await expect(state(page)).toHaveText("Connected");
  await say(page, "Asked over SSE");
  await expect(log(page).getByText(/word0 .*word39/)).toHaveCount(2, { timeout: 15_000 });
  await expectTheWholeLog(page);

  await page.reload();
  await expectTheWholeLog(page);
});

test("the page is accessible, light and dark, and fits a phone", async ({ page }) => {
  await open(page);
  await say(page, "How long do I have to return a tent?");
  await expect(log(page).getByText(/word0 .*word39/)).toHaveCount(1, { timeout: 15_000 });
  expect(await axeInBoth(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  expect(await axeInBoth(page)).toEqual([]);
});

test("a program with an API key hears over /ws what it hears over SSE, frame by frame", async ({ page }) => {
  const key = await makeKey(page);
  const headers = { authorization: `Bearer ${key}` };
  const sse = readSse("SSE", `${baton.url}/api/agent/stream`, headers);
  const first = { stream: "operator", token: key };
  const socket = readSocket("WebSocket", `${baton.url.replace("http", "ws")}/ws`, first);
  const stands = (reader: Reader) => reader.others.some(({ event }) => event === "snapshot");
  await until("both streams stand", () => stands(sse) && stands(socket));

  const customer = await visit(page);
  for (const text of ["two", "three"]) {
    await ask(customer, "message", { clientId: crypto.randomUUID(), text });
  }
  const isAnswered = (reader: Reader) =>
    reader.events.some((event) => event.type === "message" && event.message.author.kind === "agent");
  await until("both heard the answer", () => isAnswered(sse) && isAnswered(socket), 15_000);
  await until("both heard the same", () => durable(sse).length === durable(socket).length);
  expect(durable(socket)).toEqual(durable(sse));
  expect(durable(socket).length).toBeGreaterThanOrEqual(4);

  // A cut socket comes back where it was, and its cursor is good for SSE too.
  const cursor = durable(socket).at(-1)?.id ?? "";
  socket.cut();
  const { seq } = await ask(customer, "message", {
    clientId: crypto.randomUUID(),
    text: "while it was away",
  });
  const resumed = readSse("SSE again", `${baton.url}/api/agent/stream?lastEventId=${cursor}`, headers);
  const heardAll = (reader: Reader) => numbers(reader, customer).includes(seq + 1);
  await until("all heard the last answer", () => [sse, socket, resumed].every(heardAll), 15_000);
  expect(socket.connections()).toBe(2);
  await expect(() => {
    const all = numbers(sse, customer);
    expect(all).toEqual(all.map((_, index) => index + 1));
    expect(numbers(socket, customer)).toEqual(all);
    expect(numbers(resumed, customer)).toEqual(all.slice(-numbers(resumed, customer).length));
  }).toPass();
  await Promise.all([sse.stop(), socket.stop(), resumed.stop()]);
});

test("a stranger's key opens no socket", async () => {
  const socket = readSocket("stranger", `${baton.url.replace("http", "ws")}/ws`, {
    stream: "operator",
    token: `baton_${"x".repeat(43)}`,
  });
  await until("it is told why", () => socket.others.some(({ event }) => event === "error"));
  expect(socket.events).toEqual([]);
  await socket.stop();
});

async function makeKey(page: Page): Promise<string> {
  const [, link = ""] = /Sign in once with\s+(\S+)/.exec(baton.output()) ?? [];
  await page.goto(link);
  await expect(page).toHaveURL(/\/inbox/);
  const answer = await page.request.post(`${baton.url}/api/admin/api-keys`, {
    headers: { origin: baton.url },
    data: { name: "Wallboard", scopes: ["conversations:read"] },
  });
  expect(answer.status()).toBe(201);
  return (await answer.json()).key;
}

type Customer = Ticket & { conversationId: string };

async function visit(page: Page): Promise<Customer> {
  await open(page);
  const mine = await ticket(page);
  const { conversationId } = await ask(mine, "message", { clientId: crypto.randomUUID(), text: "one" });
  return { ...mine, conversationId };
}

/** The numbers of what a stream brought of one conversation; a replay may bring again what was there before. */
function numbers(reader: Reader, { conversationId }: Customer): number[] {
  const own = reader.events.filter((event) => event.conversationId === conversationId);
  return [...new Set(own.map(({ seq }) => seq))];
}

/** The durable frames of a stream, with the ids that they came under. */
function durable(reader: Reader) {
  const frames: { id: string | undefined; event: string; data: string }[] = [];
  const parser = createParser({
    onEvent: ({ id, event = "", data }) => {
      if (event === "message" || event === "state") frames.push({ id, event, data });
    },
  });
  parser.feed(reader.raw());
  return frames;
}
