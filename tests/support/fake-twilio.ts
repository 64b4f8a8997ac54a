import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type Outside, outsideOf } from "#services/channels";

/** A request that the REST API received; its parameters by name, as often as they came. */
type Call = {
  method: string;
  path: string;
  authorization: string | undefined;
  parameters: URLSearchParams;
  /** The message that it became. */
  sid?: string;
};

/** What a call meets instead of an answer in the ordinary way. */
type Play =
  | { is: "refusal"; status: number; code: number; message?: string; retryAfter?: number }
  | { is: "page"; status: number; body: string }
  | { is: "late"; ms: number }
  | { is: "cut" };

export type FakeTwilio = {
  /** A world in which Twilio's API lies here. */
  outside: Outside;
  url: string;
  calls: Call[];
  /** Media by the last step of their path: their bytes, or where they lead. */
  media: Map<string, Buffer | { leadsTo: string }>;
  /** Further numbers of the account. */
  numbers: string[];
  /** Where the account's own number delivers. */
  smsUrl: string;
  /** Where it tells how far its calls came. */
  callStatusUrl: string;
  accountStatus: "active" | "suspended";
  /** The next calls meet these, one each. */
  play(...plays: Play[]): void;
  /** The next message to this number is answered so many milliseconds late. */
  late: Map<string, number>;
  close(): Promise<void>;
};

type Account = { accountSid: string; authToken: string; number: string };

/** Starts a REST API of one account with one number, as strict as twilio.com/docs/messaging/api. */
export async function startFakeTwilio(account: Account): Promise<FakeTwilio> {
  const plays: Play[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world = outsideOf();
  const fake: FakeTwilio = {
    outside: { ...world, bases: { ...world.bases, twilioApi: `http://${host}` }, privateHosts: [host] },
    url: `http://${host}`,
    calls: [],
    media: new Map(),
    numbers: [],
    late: new Map(),
    smsUrl: "",
    callStatusUrl: "",
    accountStatus: "active",
    play: (...next) => void plays.push(...next),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  const resources = resourcesOf(fake, account);
  return fake;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await read(request);
    fake.calls.push(call);
    const to = call.parameters.get("To") ?? "";
    const lateBy = fake.late.get(to) ?? 0;
    fake.late.delete(to);
    if (lateBy > 0) await wait(lateBy, undefined, { ref: false });
    const play = plays.shift();
    if (play?.is === "late") await wait(play.ms, undefined, { ref: false });
    if (play?.is === "cut") {
      request.socket.destroy();
      return;
    }
    const { status, headers, body } =
      play === undefined || play.is === "late" ? answerTo(call) : played(play);
    response.writeHead(status, headers).end(body);
  }

  function answerTo(call: Call): Answer {
    const shown = Buffer.from(`${account.accountSid}:${account.authToken}`).toString("base64");
    if (call.authorization !== `Basic ${shown}`) return refusal({ status: 401, code: 20_003 });
    const base = `/2010-04-01/Accounts/${account.accountSid}`;
    if (!call.path.startsWith(base)) return refusal({ status: 404, code: 20_404 });
    const rest = call.path.slice(base.length);
    const media = /^\/Messages\/MM\w+\/Media\/(\w+)$/.exec(rest)?.[1];
    if (media !== undefined) return mediaOf(fake.media.get(media));
    const resource = resources[`${call.method} ${rest}`];
    return resource === undefined ? refusal({ status: 404, code: 20_404 }) : resource(call);
  }
}

type Answer = { status: number; headers?: Record<string, string>; body?: string | Buffer };

function resourcesOf(fake: FakeTwilio, { accountSid, number }: Account) {
  const resources: Record<string, (call: Call) => Answer> = {
    "POST /Messages.json"(call) {
      const code = faultOf(call.parameters, [number, ...fake.numbers]);
      if (code !== undefined) return refusal({ status: 400, code });
      call.sid = `SM${String(fake.calls.indexOf(call) + 1).padStart(32, "0")}`;
      return json(201, { sid: call.sid, status: "queued", error_code: null });
    },
    "GET .json": () => json(200, { sid: accountSid, status: fake.accountStatus }),
    "GET /IncomingPhoneNumbers.json"({ parameters }) {
      const isOwn = parameters.get("PhoneNumber") === number;
      const numbers = isOwn ? [{ sid: "PN1", phone_number: number }] : [];
      return json(200, { incoming_phone_numbers: numbers, page: 0, page_size: 1, next_page_uri: null });
    },
    "POST /IncomingPhoneNumbers/PN1.json"({ parameters }) {
      fake.smsUrl = parameters.get("SmsUrl") ?? "";
      fake.callStatusUrl = parameters.get("StatusCallback") ?? "";
      return json(200, { sid: "PN1", sms_url: fake.smsUrl });
    },
  };
  return resources;
}

/** The code that Twilio refuses a message with, if it does. */
function faultOf(parameters: URLSearchParams, numbers: string[]): number | undefined {
  const [to, from, service] = ["To", "From", "MessagingServiceSid"].map((name) => parameters.get(name));
  const body = parameters.get("Body") ?? "";
  const media = parameters.getAll("MediaUrl");
  const callback = parameters.get("StatusCallback");
  if (!/^\+[1-9]\d{6,14}$/.test(to ?? "")) return 21_211;
  if ((from === null) === (service === null)) return 21_603;
  if (typeof from === "string" && !numbers.includes(from)) return 21_606;
  if (body === "" && media.length === 0) return 21_602;
  if (body.length > 1_600) return 21_617;
  if (media.length > 10 || media.some((url) => !/^https:\/\//.test(url))) return 21_620;
  if (callback !== null && !/^https:\/\/[^_/]+\//.test(callback)) return 21_609;
  return undefined;
}

async function read(request: IncomingMessage): Promise<Call> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const url = new URL(request.url ?? "", "http://twilio");
  const isForm = request.headers["content-type"] === "application/x-www-form-urlencoded";
  return {
    method: request.method ?? "",
    path: url.pathname,
    authorization: request.headers.authorization,
    parameters: isForm ? new URLSearchParams(Buffer.concat(pieces).toString()) : url.searchParams,
  };
}

function mediaOf(media: Buffer | { leadsTo: string } | undefined): Answer {
  if (media === undefined) return refusal({ status: 404, code: 20_404 });
  if (Buffer.isBuffer(media)) return { status: 200, headers: { "content-type": "image/png" }, body: media };
  return { status: 307, headers: { location: media.leadsTo } };
}

function played(play: Extract<Play, { is: "refusal" | "page" }>): Answer {
  return play.is === "page" ? play : refusal(play);
}

function refusal(refused: Omit<Extract<Play, { is: "refusal" }>, "is">): Answer {
  const { status, code, message = "Refused", retryAfter } = refused;
  const { headers, body } = json(status, { code, message, more_info: "https://www.twilio.com/docs", status });
  if (retryAfter === undefined) return { status, headers, body };
  return { status, headers: { ...headers, "retry-after": String(retryAfter) }, body };
}

function json(status: number, body: unknown): Answer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
