import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Outside } from "#services/channels";

/** How the next request fails. */
export type SlackFault =
  | { kind: "rate-limited"; retryAfter?: number }
  | { kind: "status"; status: number; body?: string }
  | { kind: "refused"; error: string; needed?: string }
  | { kind: "late"; milliseconds: number }
  | { kind: "cut" };

export type SlackCall = {
  method: string;
  fields: Record<string, string>;
  authorization: string | undefined;
  answer?: Record<string, unknown>;
};

export type StoredFile = {
  name: string;
  mediaType: string;
  bytes: Buffer;
  /** Sends whoever asks elsewhere, as Slack does with those who may not have it. */
  redirect?: string;
};

export type FakeSlack = {
  /** Its origin, as `SLACK_API_URL` has it with `/api` behind. */
  origin: string;
  privateHost: string;
  calls: SlackCall[];
  /** Bytes that were put to an upload address, by the file's id. */
  uploads: Map<string, Buffer>;
  files: Map<string, StoredFile>;
  scopes: string[];
  /** Where the app may write. */
  channels: Set<string>;
  /** Whether a finished upload already tells which message it became. */
  sharesAtOnce: boolean;
  /** Lets the next request of a method fail, or of the paths `upload` and `file`. */
  failNext(method: string, fault: SlackFault): void;
  /** Forgets what it was asked and given. */
  forget(): void;
  close(): Promise<void>;
};

const token = "xoxb-fake-token";
const people: Record<string, unknown> = {
  U0CUSTOMER1: { name: "ada", real_name: "Ada L.", profile: { display_name: "Ada", real_name: "Ada L." } },
  U0CUSTOMER2: { name: "grace", profile: { display_name: "", real_name: "Grace Hopper" } },
};

/** Starts a Slack that takes only what Slack's documentation allows, keeps what it was asked, and fails on demand. */
export async function startFakeSlack(): Promise<FakeSlack> {
  const faults = new Map<string, SlackFault>();
  const promised = new Map<string, number>();
  const server = createServer((message, to) => void serve(message, to));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const slack: FakeSlack = {
    origin: `http://127.0.0.1:${port}`,
    privateHost: `127.0.0.1:${port}`,
    calls: [],
    uploads: new Map(),
    files: new Map(),
    scopes: ["app_mentions:read", "chat:write", "files:read", "files:write", "im:history", "users:read"],
    channels: new Set(["C0GENERAL01", "D0DIRECT001", "G0PRIVATE01", "U0CUSTOMER1"]),
    sharesAtOnce: false,
    forget() {
      for (const memory of [slack.uploads, slack.files, faults]) memory.clear();
      slack.calls.length = 0;
      slack.sharesAtOnce = false;
    },
    failNext: (method, fault) => void faults.set(method, fault),
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };

  async function serve(message: IncomingMessage, to: ServerResponse) {
    const pieces: Buffer[] = [];
    for await (const piece of message as AsyncIterable<Buffer>) pieces.push(piece);
    const body = Buffer.concat(pieces);
    const path = new URL(message.url ?? "/", slack.origin).pathname;
    const [, room = "", name = ""] = path.split("/");
    const method = room === "api" ? name : room;
    const authorization = message.headers.authorization;
    const fields = room === "api" ? Object.fromEntries(new URLSearchParams(body.toString())) : { path };
    const call: SlackCall = { method, fields, authorization };
    slack.calls.push(call);
    const fault = faults.get(method);
    faults.delete(method);
    if (fault?.kind === "late") await wait(fault.milliseconds);
    else if (fault !== undefined) return fail(fault, message, to);
    if (room === "upload") return receive(name, body, message, to);
    if (room === "file") return hand(name, message, to);
    const isForm = message.headers["content-type"] === "application/x-www-form-urlencoded";
    if (message.method !== "POST" || !isForm) return answer(to, refusal("invalid_post_type"));
    if (authorization !== `Bearer ${token}`) return answer(to, refusal("invalid_auth"));
    call.answer = reply(method, fields);
    answer(to, call.answer);
  }

  function reply(method: string, fields: Record<string, string>): Record<string, unknown> {
    switch (method) {
      case "auth.test":
        return { ok: true, url: "https://acme.slack.com/", team: "Acme", user: "helper", ...identity };
      case "chat.postMessage":
        if (!slack.channels.has(fields.channel ?? "")) return refusal("channel_not_found");
        return posted(fields, slack.calls.filter((call) => call.answer?.ts !== undefined).length + 1);
      case "users.info": {
        const user = people[fields.user ?? ""];
        return user === undefined ? refusal("user_not_found") : { ok: true, user };
      }
      case "files.info": {
        const file = slack.files.get(fields.file ?? "");
        return file === undefined
          ? refusal("file_not_found")
          : { ok: true, file: described(fields.file, file) };
      }
      case "files.getUploadURLExternal": {
        const length = Number(fields.length);
        if (!fields.filename || !(length > 0)) return refusal("invalid_arguments");
        const id = `F0UPLOAD${promised.size + 1}`;
        promised.set(id, length);
        return { ok: true, upload_url: `${slack.origin}/upload/${id}`, file_id: id };
      }
      case "files.completeUploadExternal":
        return completed(fields);
      default:
        return refusal("unknown_method");
    }
  }

  function completed(fields: Record<string, string>) {
    const files: { id: string; title?: string }[] = JSON.parse(fields.files ?? "[]");
    const fits = fields.channel_id === undefined || /^[CGDZ][A-Z0-9]{8,}$/.test(fields.channel_id);
    const place = fields.channel_id ?? fields.channels ?? "";
    if (!fits || files.length === 0) return refusal("invalid_arguments");
    if (!slack.channels.has(place)) return refusal("channel_not_found");
    if (files.some(({ id }) => !slack.uploads.has(id))) return refusal("file_not_found");
    const shares = slack.sharesAtOnce ? { private: { [place]: [{ ts: "1700000100.000200" }] } } : {};
    return { ok: true, files: files.map((file) => ({ ...file, shares })) };
  }

  function receive(id: string, body: Buffer, message: IncomingMessage, to: ServerResponse) {
    if (message.headers.authorization !== undefined || body.length !== promised.get(id)) {
      to.writeHead(400).end();
      return;
    }
    slack.uploads.set(id, body);
    to.writeHead(200).end(`OK - ${body.length}`);
  }

  function hand(id: string, message: IncomingMessage, to: ServerResponse) {
    const file = slack.files.get(id);
    if (file === undefined) return void to.writeHead(404).end();
    if (file.redirect !== undefined) return void to.writeHead(302, { location: file.redirect }).end();
    if (message.headers.authorization !== `Bearer ${token}` || !slack.scopes.includes("files:read")) {
      return void to
        .writeHead(200, { "content-type": "text/html; charset=utf-8" })
        .end("<html>Sign in</html>");
    }
    to.writeHead(200, { "content-type": file.mediaType }).end(file.bytes);
  }

  function described(id: string | undefined, { name, mediaType, bytes }: StoredFile) {
    const url = `${slack.origin}/file/${id}`;
    return { id, name, mimetype: mediaType, size: bytes.length, url_private: url, url_private_download: url };
  }

  function answer(to: ServerResponse, body: Record<string, unknown>) {
    to.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "x-oauth-scopes": slack.scopes.join(","),
    });
    to.end(JSON.stringify(body));
  }

  function fail(fault: Exclude<SlackFault, { kind: "late" }>, message: IncomingMessage, to: ServerResponse) {
    if (fault.kind === "cut") return void message.socket.destroy();
    if (fault.kind === "refused") return answer(to, { ...refusal(fault.error), needed: fault.needed });
    if (fault.kind === "status") return void to.writeHead(fault.status).end(fault.body);
    const wait = fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
    to.writeHead(429, wait).end(JSON.stringify(refusal("ratelimited")));
  }

  return slack;
}

/** A world in which Slack's Web API is at `slackApi`, and these hosts may be asked although they are private. */
export function worldWithSlack(slackApi: string, privateHosts: string[] = []): Outside {
  const bases = {
    metaGraph: "",
    metaGraphVersion: "",
    telegramApi: "",
    slackApi,
    twilioApi: "",
    elevenLabs: "",
    teamsLogin: "",
    teamsOpenId: "",
    teamsIssuer: "",
  };
  return { now: () => new Date(), bases, privateHosts };
}

const identity = { team_id: "T0COMPANY01", user_id: "U0BOT000001", bot_id: "B0BOT000001" };

function refusal(error: string) {
  return { ok: false, error };
}

type Block = {
  type: string;
  text?: { text: string };
  elements?: { type: string; action_id: string; value: string; text: { type: string; text: string } }[];
};

// "chat.postMessage" and "Block Kit": what is beyond their limits is refused, not cut.
function posted(fields: Record<string, string>, count: number): Record<string, unknown> {
  const { channel = "", text = "", thread_ts, client_msg_id } = fields;
  if (text === "") return refusal("no_text");
  if (text.length > 40_000) return refusal("msg_too_long");
  if (thread_ts !== undefined && !/^\d{10}\.\d{6}$/.test(thread_ts)) return refusal("invalid_thread_ts");
  if (client_msg_id !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(client_msg_id)) {
    return refusal("invalid_arguments");
  }
  const blocks: Block[] = JSON.parse(fields.blocks ?? "[]");
  if (!blocks.every(isAllowed)) return refusal("invalid_blocks");
  // A message to a person stands in the direct talk with them.
  const place = channel.startsWith("U") ? "D0DIRECT001" : channel;
  const ts = `1700000100.${String(count * 100).padStart(6, "0")}`;
  return { ok: true, channel: place, ts, message: { text, user: identity.user_id } };
}

function isAllowed({ type, text, elements }: Block): boolean {
  if (type === "section") return text !== undefined && text.text.length > 0 && text.text.length <= 3_000;
  if (type !== "actions" || elements === undefined || elements.length > 25) return false;
  if (new Set(elements.map(({ action_id }) => action_id)).size !== elements.length) return false;
  return elements.every(
    (each) =>
      each.type === "button" &&
      each.text.type === "plain_text" &&
      each.text.text.length <= 75 &&
      each.action_id.length <= 255 &&
      each.value.length <= 2_000,
  );
}
