import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type Outside, outsideOf } from "#services/channels";

/** A call that the Bot API received: its fields, the names and sizes of its files, and what it was answered. */
type Call = {
  method: string;
  fields: Record<string, unknown>;
  files: Record<string, { name: string; size: number }>;
  result?: unknown;
};

/** What a call meets instead of an answer in the ordinary way. */
type Play =
  | { is: "refusal"; status: number; description: string; parameters?: Record<string, unknown> }
  | { is: "page"; status: number; body: string }
  | { is: "late"; ms: number }
  | { is: "cut" };

/** A file as getFile tells it; with `redirect` its address leads on. */
type StoredFile = { path: string; bytes?: Buffer; redirect?: string };

export type FakeTelegram = {
  /** A world in which Telegram lies here. */
  outside: Outside;
  calls: Call[];
  files: Map<string, StoredFile>;
  webhook: { url: string; pending_update_count: number; last_error_message?: string };
  /** The next calls meet these, one each. */
  play(...plays: Play[]): void;
  close(): Promise<void>;
};

/** Starts a Bot API that knows one bot, as strict as its documentation (core.telegram.org/bots/api). */
export async function startFakeTelegram(token: string): Promise<FakeTelegram> {
  const plays: Play[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world = outsideOf();
  const fake: FakeTelegram = {
    outside: {
      ...world,
      bases: { ...world.bases, telegramApi: `http://${host}` },
      privateHosts: [host],
    },
    calls: [],
    files: new Map(),
    webhook: { url: "", pending_update_count: 0 },
    play: (...next) => void plays.push(...next),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  const methods = methodsOf(fake, token);
  return fake;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const found = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(request.url ?? "");
    const [, folder, shown, rest = ""] = found ?? [];
    if (folder !== undefined) return serveFile(shown === token ? rest : "", response);
    const call: Call = { method: rest, ...(await read(request)) };
    fake.calls.push(call);
    const play = plays.shift();
    if (play?.is === "cut") return void request.socket.destroy();
    if (play?.is === "page") return void response.writeHead(play.status).end(play.body);
    if (play?.is === "refusal") return refuse(response, play.status, play.description, play.parameters);
    if (play?.is === "late") await wait(play.ms, undefined, { ref: false });
    if (shown !== token) return refuse(response, 401, "Unauthorized");
    const method = methods[rest];
    if (method === undefined || request.method !== "POST") return refuse(response, 404, "Not Found");
    try {
      call.result = method(call);
      answer(response, 200, { ok: true, result: call.result });
    } catch (error) {
      refuse(response, 400, `Bad Request: ${(error as Error).message}`);
    }
  }

  function serveFile(path: string, response: ServerResponse): void {
    const file = [...fake.files.values()].find((each) => each.path === decodeURIComponent(path));
    if (file === undefined) refuse(response, 404, "Not Found");
    else if (file.redirect === undefined) response.writeHead(200).end(file.bytes);
    else response.writeHead(302, { location: file.redirect }).end();
  }
}

type Methods = Record<string, (call: Call) => unknown>;

function methodsOf(fake: FakeTelegram, token: string): Methods {
  let last = 100;
  const taken = (call: Call) => {
    checkPlace(call);
    last += 1;
    return {
      message_id: last,
      date: 1_764_000_000,
      chat: { id: Number(call.fields.chat_id), type: "private" },
    };
  };
  const media = (field: string, megabytes: number) => (call: Call) => {
    const size = call.files[field]?.size ?? 0;
    must(size > 0, `there is no ${field} in the request`);
    must(size <= megabytes * 1024 * 1024, "file is too big");
    must(String(call.fields.caption ?? "").length <= 1_024, "message caption is too long");
    return taken(call);
  };
  return {
    getMe: () => ({ id: Number.parseInt(token, 10), is_bot: true, first_name: "Acme", username: "AcmeBot" }),
    sendMessage(call) {
      const words = call.fields.text;
      must(typeof words === "string" && words.trim() !== "", "message text is empty");
      must(String(words).length <= 4_096, "message is too long");
      if (call.fields.parse_mode !== undefined) checkHtml(call.fields.parse_mode, String(words));
      return taken(call);
    },
    sendPhoto: media("photo", 10),
    sendVoice: media("voice", 50),
    sendAudio: media("audio", 50),
    sendVideo: media("video", 50),
    sendDocument: media("document", 50),
    sendChatAction(call) {
      checkPlace(call);
      must(call.fields.action === "typing", "wrong parameter action in request");
      return true;
    },
    getFile({ fields }) {
      const file = fake.files.get(String(fields.file_id));
      must(file !== undefined, "invalid file_id");
      return { file_id: fields.file_id, file_unique_id: "u", file_path: file?.path };
    },
    getChat({ fields }) {
      must(fields.chat_id === "5000000001", "chat not found");
      return { id: 5_000_000_001, type: "private", first_name: "Ada", last_name: "Byron" };
    },
    setWebhook({ fields }) {
      must(/^https:\/\//.test(String(fields.url)), "bad webhook: An HTTPS URL must be provided for webhook");
      must(/^[A-Za-z0-9_-]{1,256}$/.test(String(fields.secret_token)), "secret token is not allowed");
      must(Array.isArray(fields.allowed_updates), "can't parse allowed updates JSON object");
      fake.webhook.url = String(fields.url);
      return true;
    },
    setMyCommands({ fields }) {
      const list = fields.commands as { command: string; description: string }[];
      must(
        list.every(({ command }) => /^[a-z0-9_]{1,32}$/.test(command)),
        "BOT_COMMAND_INVALID",
      );
      return true;
    },
    getWebhookInfo: () => ({ has_custom_certificate: false, ...fake.webhook }),
  };
}

function checkPlace({ fields, files }: Call): void {
  must(Number(fields.chat_id) > 0, "chat not found");
  const { message_thread_id: topic, reply_parameters, reply_markup } = fields;
  must(topic === undefined || Number.isInteger(Number(topic)), "message thread not found");
  if (reply_parameters !== undefined) {
    // JSON within a form, an object within JSON.
    const reply = Object.keys(files).length > 0 ? JSON.parse(String(reply_parameters)) : reply_parameters;
    must(Number.isInteger(reply.message_id), "message to be replied not found");
  }
  if (reply_markup !== undefined) checkKeyboard(reply_markup);
}

function checkKeyboard(markup: unknown): void {
  const { inline_keyboard } = markup as { inline_keyboard: { text: string; callback_data: string }[][] };
  for (const { text, callback_data } of inline_keyboard.flat()) {
    must(text !== "", "text buttons are not allowed to be empty");
    const bytes = Buffer.byteLength(callback_data);
    must(bytes >= 1 && bytes <= 64, "BUTTON_DATA_INVALID");
  }
}

const tags = new Set("b strong i em u ins s strike del a code pre blockquote tg-spoiler".split(" "));

function checkHtml(mode: unknown, words: string): void {
  must(mode === "HTML", "unsupported parse_mode");
  const open: string[] = [];
  for (const [, end, name = ""] of words.matchAll(/<(\/?)([^\s>]*)[^>]*>?/g)) {
    must(tags.has(name), `can't parse entities: Unsupported start tag "${name}"`);
    if (end === "") open.push(name);
    else must(open.pop() === name, `can't parse entities: Unmatched end tag "${name}"`);
  }
  must(open.length === 0, "can't parse entities: Can't find end tag");
}

function must(holds: boolean, description: string): void {
  if (!holds) throw new Error(description);
}

async function read(request: IncomingMessage): Promise<Pick<Call, "fields" | "files">> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const body = Buffer.concat(pieces);
  const contentType = request.headers["content-type"] ?? "";
  if (contentType === "application/json") return { fields: JSON.parse(body.toString()), files: {} };
  const form = await new Response(body, { headers: { "content-type": contentType } }).formData();
  const call: Pick<Call, "fields" | "files"> = { fields: {}, files: {} };
  for (const [name, value] of form) {
    if (typeof value === "string") call.fields[name] = value;
    else call.files[name] = { name: value.name, size: value.size };
  }
  return call;
}

function refuse(
  response: ServerResponse,
  status: number,
  description: string,
  parameters?: Record<string, unknown>,
): void {
  answer(response, status, { ok: false, error_code: status, description, parameters });
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
