import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { outsideOf, type WebhookRequest } from "#services/channels";
import {
  Mark,
  Override,
  PageFile,
  PageText,
  SenderAction,
  TemplatesQuery,
  WhatsAppMessage,
  WhatsAppUpload,
} from "./fake-graph-shapes.ts";

/** The one app, number and Page that the fake knows. */
export const account = {
  token: "EAAG-token-of-the-account",
  appSecret: "app-secret-of-the-company",
  phoneNumberId: "106540352242922",
  businessAccountId: "102290129340398",
  pageId: "1906385232743451",
};

/** Another number and another Page of the same app, as another company has them. */
export const neighbour = {
  phoneNumberId: "106540352242999",
  businessAccountId: "102290129340399",
  pageId: "1906385232743999",
};

/** A call that the fake received, and what it answered. */
type Call = {
  at: Date;
  method: string;
  path: string;
  query: Record<string, string>;
  authorization: string | undefined;
  json?: unknown;
  form?: Record<string, unknown>;
  answer?: object;
};

/** What a call meets instead of an answer in the ordinary way. */
type Trouble =
  | "cut"
  | { late: number }
  | { status: number; code?: number; subcode?: number; headers?: Record<string, string>; page?: string };

/** A file of a customer: where the platform says it lies, and what lies there. */
type Stored = { bytes: Buffer; mediaType: string; url?: string; redirect?: string; size?: number };

type Answer = { status: number; answer: object };

/** A running fake, and what a test may do to it. */
export type FakeGraph = Awaited<ReturnType<typeof startFakeGraph>>;

/** Starts a Graph API for WhatsApp and Messenger, as strict as its documentation (developers.facebook.com). */
export async function startFakeGraph() {
  const calls: Call[] = [];
  const troubles: Trouble[] = [];
  const troublesAt = new Map<string, Trouble[]>();
  const files = new Map<string, Stored>();
  const uploads = new Set<string>();
  const names = new Map<string, object>();
  const subscribed: string[] = [];
  const templates: { status: string; [field: string]: unknown }[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `http://${host}`;
  const { bases } = outsideOf();
  const { phoneNumberId, businessAccountId, pageId } = account;
  const routes: Record<string, (call: Call) => Answer> = {
    [`GET ${phoneNumberId}`]: () =>
      taken({ id: phoneNumberId, display_phone_number: "+1 555-078-3881", verified_name: "Lucky Shrub" }),
    [`POST ${phoneNumberId}`]: ({ json }) =>
      Override.safeParse(json).success ? taken({ success: true }) : refusal(400, 100),
    [`POST ${phoneNumberId}/messages`]: whatsappMessage,
    [`POST ${phoneNumberId}/media`]: uploadOf,
    [`GET ${businessAccountId}/phone_numbers`]: () => taken({ data: [{ id: phoneNumberId }] }),
    [`GET ${businessAccountId}/subscribed_apps`]: () =>
      taken({ data: subscribed.map(() => ({ whatsapp_business_api_data: { id: "670843887433847" } })) }),
    [`POST ${businessAccountId}/subscribed_apps`]: subscribe,
    [`GET ${businessAccountId}/message_templates`]: templatePage,
    "GET me": () => taken({ id: pageId, name: "Lucky Shrub" }),
    [`POST ${pageId}/messages`]: messengerMessage,
    [`GET ${pageId}/subscribed_apps`]: () =>
      taken({ data: [{ id: "670843887433847", subscribed_fields: subscribed }] }),
    [`POST ${pageId}/subscribed_apps`]: subscribe,
    [`POST ${neighbour.phoneNumberId}/messages`]: whatsappMessage,
    [`POST ${neighbour.pageId}/messages`]: messengerMessage,
  };
  return {
    url,
    calls,
    files,
    names,
    subscribed,
    /** The account's templates, of which a page holds two. */
    templates,
    outside: {
      now: () => new Date(),
      bases: { ...bases, metaGraph: url, metaGraphVersion: "v23.0" },
      privateHosts: [host],
    },
    /** The next calls meet these, one each. */
    meets: (...next: Trouble[]) => void troubles.push(...next),
    /** The next messages to this number or person meet these, one each, whatever else is asked meanwhile. */
    meetsAt: (to: string, ...next: Trouble[]) => void troublesAt.set(to, next),
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = new URL(request.url ?? "/", url);
    const { authorization } = request.headers;
    const { method = "" } = request;
    const call: Call = {
      at: new Date(),
      method,
      path: asked.pathname,
      query: Object.fromEntries(asked.searchParams),
      authorization,
    };
    calls.push(Object.assign(call, await bodyOf(request)));
    const { to, recipient } = (call.json ?? {}) as { to?: string; recipient?: { id: string } };
    const trouble = troublesAt.get(to ?? recipient?.id ?? "")?.shift() ?? troubles.shift();
    if (trouble === "cut") return void request.socket.destroy();
    if (trouble !== undefined && "late" in trouble) await wait(trouble.late);
    else if (trouble !== undefined) return stumble(response, trouble);
    if (call.path.startsWith("/files/")) return serveFile(call.path.slice(7), response);
    const { status, answer } = answerTo(call);
    call.answer = answer;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  }

  function answerTo(call: Call): Answer {
    const { version, path } = /^\/(?<version>[^/]+)\/(?<path>.+)$/.exec(call.path)?.groups ?? {};
    if (version !== "v23.0") return refusal(400, 2500);
    if (call.authorization !== `Bearer ${account.token}`) return refusal(401, 190);
    const proof = createHmac("sha256", account.appSecret).update(account.token).digest("hex");
    if ((call.query.appsecret_proof ?? proof) !== proof) return refusal(400, 100);
    const route = routes[`${call.method} ${path}`];
    if (route !== undefined) return route(call);
    return call.method === "GET" ? named(decodeURIComponent(path ?? "")) : refusal(400, 100, 33);
  }

  function named(id: string): Answer {
    const person = names.get(id);
    if (person !== undefined) return taken(person);
    const file = files.get(id);
    if (file === undefined) return refusal(400, 100, 33);
    const sha256 = createHash("sha256").update(file.bytes).digest("hex");
    const size = file.size ?? file.bytes.length;
    const place = file.url ?? `${url}/files/${id}`;
    return taken({ id, url: place, mime_type: file.mediaType, sha256, file_size: size });
  }

  function serveFile(id: string, response: ServerResponse): void {
    const file = files.get(id);
    if (file?.redirect !== undefined) return void response.writeHead(302, { location: file.redirect }).end();
    if (file === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": file.mediaType }).end(file.bytes);
  }

  // Two that are answered at once must not get one id.
  function numberOf(call: Call): number {
    return calls.indexOf(call) + 1;
  }

  function whatsappMessage(call: Call): Answer {
    const { json } = call;
    if (Mark.safeParse(json).success) return taken({ success: true });
    const message = WhatsAppMessage.safeParse(json).data;
    if (message === undefined) return refusal(400, 100);
    const media = [message.image, message.video, message.audio, message.document];
    if (media.some((file) => file !== undefined && !uploads.has(file.id))) return refusal(400, 131053);
    const input = message.to ?? message.recipient;
    const messages = [{ id: `wamid.${numberOf(call)}` }];
    return taken({ messaging_product: "whatsapp", contacts: [{ input }], messages });
  }

  function templatePage({ query }: Call): Answer {
    const asked = TemplatesQuery.safeParse(query).data;
    if (asked === undefined) return refusal(400, 100);
    const { status, after = "0" } = asked;
    const from = Number(after);
    const wanted = templates.filter((each) => status === undefined || each.status === status);
    const data = wanted.slice(from, from + 2);
    const cursors = { before: String(from), after: String(from + 2) };
    // Meta's own next page is an address with the token in it.
    const next = `https://graph.example/v23.0/x?access_token=${account.token}&after=${cursors.after}`;
    return taken({ data, paging: { cursors, ...(wanted.length > from + 2 && { next }) } });
  }

  function uploadOf({ form }: Call): Answer {
    if (!WhatsAppUpload.safeParse(form).success) return refusal(400, 100);
    const id = String(7_000 + uploads.size);
    uploads.add(id);
    return taken({ id });
  }

  function messengerMessage(call: Call): Answer {
    const { json, form } = call;
    if (SenderAction.safeParse(json).success) return taken({ recipient_id: "psid" });
    const checked = form === undefined ? PageText.safeParse(json) : PageFile.safeParse(form);
    if (!checked.success) return refusal(400, 100);
    return taken({ recipient_id: checked.data.recipient.id, message_id: `m_${numberOf(call)}` });
  }

  function subscribe({ query }: Call): Answer {
    subscribed.push(...(query.subscribed_fields ?? "").split(","));
    return taken({ success: true });
  }
}

/** Starts a server that is not Meta's, to which nothing must be lured. */
export async function startForeignHost() {
  const seen: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    response.end("a trap");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { host, url: `http://${host}/file`, seen, close: () => void server.close() };
}

/** A delivery as Meta makes it: letters beyond ASCII escaped, then signed with the app's secret. */
export function signedByMeta(body: unknown, appSecret: string, now = new Date()): WebhookRequest {
  const escaped = JSON.stringify(body).replace(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const rawBody = Buffer.from(escaped);
  const signature = createHmac("sha256", appSecret).update(rawBody).digest("hex");
  return {
    method: "POST",
    url: new URL("https://help.example.com/api/webhooks/company/agent/meta/id"),
    headers: new Headers({
      "content-type": "application/json",
      "x-hub-signature-256": `sha256=${signature}`,
    }),
    rawBody,
    now,
  };
}

/** The request with which Meta asks whether an address is ours. */
export function asksForHandshake(query: Record<string, string>): WebhookRequest {
  const url = new URL("https://help.example.com/api/webhooks/company/agent/meta/id");
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { method: "GET", url, headers: new Headers(), rawBody: Buffer.alloc(0), now: new Date() };
}

function taken(answer: object): Answer {
  return { status: 200, answer };
}

// Meta's own messages name what was sent, so that a test can see that nothing of it is told on.
function refusal(status: number, code: number, error_subcode?: number): Answer {
  const message = `(#${code}) Refused for ${account.token}: Hello to 16505551234`;
  return {
    status,
    answer: { error: { message, type: "OAuthException", code, error_subcode, fbtrace_id: "A1" } },
  };
}

function stumble(response: ServerResponse, trouble: Exclude<Trouble, "cut" | { late: number }>): void {
  const { status, code, subcode, headers, page = "<html>Sorry, something went wrong.</html>" } = trouble;
  const body = code === undefined ? page : JSON.stringify(refusal(status, code, subcode).answer);
  response.writeHead(status, headers).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<Pick<Call, "json" | "form">> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const raw = Buffer.concat(pieces);
  const type = request.headers["content-type"] ?? "";
  if (type === "application/json") return { json: JSON.parse(raw.toString("utf8")) };
  if (!type.startsWith("multipart/form-data")) return {};
  const form = await new Response(raw, { headers: { "content-type": type } }).formData();
  return { form: Object.fromEntries(form.entries()) };
}
