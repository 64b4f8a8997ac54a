import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { type Outside, outsideOf } from "#services/channels";

/** What an account at ElevenLabs holds: one agent, and one number that it answers. */
export type VoiceAccount = { apiKey: string; agentId: string; phoneNumberId: string; number: string };

/** A call that the API was asked to make. */
export type Placed = {
  to: string;
  variables: Record<string, unknown>;
  conversationId: string;
  callSid: string;
};

const dialling = "/v1/convai/twilio/outbound-call";

/** What a request meets instead of an answer in the ordinary way. */
type Play =
  | { is: "refusal"; status: number; code?: string; retryAfter?: number }
  | { is: "page"; status: number; body: string }
  | { is: "not_placed" }
  | { is: "late"; ms: number }
  /** The call is made, and nobody hears of it. */
  | { is: "cut" };

export type FakeElevenLabs = {
  /** A world in which the API of ElevenLabs lies here. */
  outside: Outside;
  url: string;
  requests: string[];
  placed: Placed[];
  recordings: Map<string, Buffer>;
  /** Conversations as the API tells of them, by their ids. */
  conversations: Map<string, Record<string, unknown>>;
  /** The agents of the account. */
  agents: Set<string>;
  /** The agent that answers the number. */
  assigned: string | undefined;
  /** The next calls that are asked for meet these, one each. */
  play(...plays: Play[]): void;
  close(): Promise<void>;
};

type Answer = { status: number; headers?: Record<string, string>; body: string | Buffer };

const OutboundCall = z.strictObject({
  agent_id: z.string(),
  agent_phone_number_id: z.string(),
  to_number: z.string().regex(/^\+[1-9]\d{6,14}$/),
  conversation_initiation_client_data: z.strictObject({
    dynamic_variables: z.record(
      z.string().regex(/^(?!system__)/),
      z.union([z.string(), z.number(), z.boolean()]),
    ),
  }),
});

type Wish = {
  /** Where to listen; on any free port where it is left out. */
  port?: number;
  /** Hears of each call that was asked for. */
  onPlaced?(call: Placed): void;
};

/** Starts an API of one account, as strict as elevenlabs.io/docs/api-reference. */
export async function startFakeElevenLabs(
  account: VoiceAccount,
  { port = 0, onPlaced }: Wish = {},
): Promise<FakeElevenLabs> {
  const plays: Play[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", done);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world = outsideOf();
  const fake: FakeElevenLabs = {
    outside: { ...world, bases: { ...world.bases, elevenLabs: `http://${host}` }, privateHosts: [host] },
    url: `http://${host}`,
    requests: [],
    placed: [],
    recordings: new Map(),
    conversations: new Map(),
    agents: new Set([account.agentId]),
    assigned: account.agentId,
    play: (...next) => void plays.push(...next),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return fake;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    fake.requests.push(`${request.method} ${request.url}`);
    // Others are asked in between by whoever looks after calls.
    const play = request.url === dialling ? plays.shift() : undefined;
    const answer = answerTo(request, body, play);
    if (play?.is === "late") await wait(play.ms, undefined, { ref: false });
    if (play?.is === "cut") {
      request.socket.destroy();
      return;
    }
    response
      .writeHead(answer.status, answer.headers ?? { "content-type": "application/json" })
      .end(answer.body);
  }

  function answerTo(
    { method, url = "", headers }: IncomingMessage,
    body: string,
    play: Play | undefined,
  ): Answer {
    if (play?.is === "refusal") return refusal(play.status, play.code, play.retryAfter);
    if (play?.is === "page")
      return { status: play.status, headers: { "content-type": "text/html" }, body: play.body };
    if (headers["xi-api-key"] !== account.apiKey) return refusal(401, "invalid_api_key");
    const [, agent] = /^\/v1\/convai\/agents\/([^/]+)$/.exec(url) ?? [];
    const [, phone] = /^\/v1\/convai\/phone-numbers\/([^/]+)$/.exec(url) ?? [];
    const [, recorded] = /^\/v1\/convai\/conversations\/([^/]+)\/audio$/.exec(url) ?? [];
    if (method === "GET" && fake.agents.has(agent ?? ""))
      return inJson({ agent_id: agent, name: "Front desk" });
    if (method === "GET" && phone === account.phoneNumberId) {
      const assigned_agent =
        fake.assigned === undefined ? null : { agent_id: fake.assigned, agent_name: "Front desk" };
      return inJson({
        phone_number: account.number,
        phone_number_id: phone,
        provider: "twilio",
        assigned_agent,
      });
    }
    const [, spoken = ""] = /^\/v1\/convai\/conversations\/([^/]+)$/.exec(url) ?? [];
    const conversation = fake.conversations.get(spoken);
    if (method === "GET" && recorded !== undefined) return audio(fake.recordings.get(recorded));
    if (method === "GET" && conversation !== undefined) return inJson(conversation);
    if (method === "POST" && url === dialling) return place(body, play);
    return refusal(404, "not_found");
  }

  function place(body: string, play: Play | undefined): Answer {
    if (play?.is === "not_placed")
      return inJson({ success: false, message: "no", conversation_id: null, callSid: null });
    const asked = OutboundCall.parse(JSON.parse(body));
    if (!fake.agents.has(asked.agent_id)) return refusal(404, "agent_not_found");
    if (asked.agent_phone_number_id !== account.phoneNumberId) return refusal(404, "phone_number_not_found");
    const placed: Placed = {
      to: asked.to_number,
      variables: asked.conversation_initiation_client_data.dynamic_variables,
      conversationId: `conv_${crypto.randomUUID()}`,
      callSid: `CA${crypto.randomUUID().replaceAll("-", "")}`,
    };
    fake.placed.push(placed);
    onPlaced?.(placed);
    const { conversationId: conversation_id, callSid } = placed;
    return inJson({ success: true, message: "Success", conversation_id, callSid });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function inJson(body: unknown): Answer {
  return { status: 200, body: JSON.stringify(body) };
}

function audio(bytes: Buffer | undefined): Answer {
  if (bytes === undefined) return refusal(404, "not_found");
  return { status: 200, headers: { "content-type": "audio/mpeg" }, body: bytes };
}

function refusal(status: number, code = "error", retryAfter?: number): Answer {
  return {
    status,
    headers: {
      "content-type": "application/json",
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
    },
    body: JSON.stringify({ detail: { status: code, message: "This was not possible for +15550100123." } }),
  };
}
