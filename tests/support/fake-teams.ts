import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { Outside } from "#services/channels";

type Fault =
  | { status: number; code?: string; retryAfter?: number; location?: string }
  /** Reads the request and never answers. */
  | "cut"
  /** Takes the request and answers with a torn body. */
  | "garbage";

export type Written = { path: string; authorization: string; body: Record<string, unknown>; id?: string };

export type Minting = {
  audience: string;
  serviceUrl?: string | undefined;
  issuer?: string;
  /** When it was signed; it holds for five minutes from then. */
  signedAt?: Date;
  /** Signed by a key that is not published, under the id of one that is. */
  forged?: boolean;
  keyId?: string;
  claims?: Record<string, unknown>;
};

let lastId = 0;

/** The id of a new message, the bot's or a person's: its moment in milliseconds, and no other's. */
export function newActivityId(): string {
  lastId = Math.max(Date.now(), lastId + 1);
  return String(lastId);
}

/** Everything of Microsoft that a Teams bot meets: OpenID document and keys, login, Bot Connector, files. */
export type FakeTeams = Awaited<ReturnType<typeof startFakeTeams>>;

type Account = { appId: string; appPassword: string; tenantId: string };

/** Starts Microsoft on a port of its own. What breaks its documented rules is refused, and told in `problems`. */
export async function startFakeTeams(account: Account, endorsements: string[] | undefined = ["msteams"]) {
  const written: Written[] = [];
  const problems: string[] = [];
  const faults: Fault[] = [];
  const asked = { keys: 0, tokens: 0, files: [] as IncomingMessage["headers"][] };
  const issued = new Set<string>();
  /** Pictures of chats by the last step of their path, and organisations beside the account's own. */
  const pictures = new Map<string, Buffer>();
  const tenants = [account.tenantId];
  const broken = { keys: false, login: undefined as { status: number; body: unknown } | undefined };
  let signer = await newSigner("key-1");
  const stranger = await newSigner("key-1");
  let counter = 0;

  async function newSigner(kid: string) {
    const { privateKey, publicKey } = await generateKeyPair("RS256");
    return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: "sig", endorsements } };
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      problems.push(String(error));
      reply(response, 500, {});
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `http://${host}`;

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(request.url ?? "/", url);
    const body = await bodyOf(request);
    if (pathname === "/openid") {
      asked.keys += 1;
      if (broken.keys) return reply(response, 503, {});
      return reply(response, 200, { issuer: "https://api.botframework.com", jwks_uri: `${url}/keys` });
    }
    if (pathname === "/keys") return reply(response, 200, { keys: [signer.jwk] });
    if (pathname.endsWith("/oauth2/v2.0/token")) return login(pathname, request, body, response);
    if (pathname.startsWith("/files/")) {
      asked.files.push(request.headers);
      if (request.headers.authorization !== undefined) problems.push("a token went to a file host");
      return bytes(response, "application/pdf", "%PDF-1.7");
    }
    if (!issued.has(request.headers.authorization?.replace("Bearer ", "") ?? "")) {
      return reply(response, 401, { error: { code: "Unauthorized", message: "Token refused." } });
    }
    const fault = faults.shift();
    if (fault === "cut") return request.socket.destroy();
    if (fault === "garbage") return bytes(response, "application/json", '{"id":"17');
    if (fault !== undefined) return fail(response, fault);
    if (pathname.startsWith("/connector/v3/attachments/")) {
      return bytes(response, "image/png", pictures.get(pathname.split("/").at(-1) ?? "") ?? "PNG");
    }
    return write(pathname, request, body, response);
  }

  function login(pathname: string, request: IncomingMessage, body: string, response: ServerResponse) {
    asked.tokens += 1;
    if (broken.login !== undefined) return reply(response, broken.login.status, broken.login.body);
    const form = Object.fromEntries(new URLSearchParams(body));
    const expected = {
      grant_type: "client_credentials",
      client_id: account.appId,
      client_secret: account.appPassword,
      scope: "https://api.botframework.com/.default",
    };
    if (request.headers["content-type"] !== "application/x-www-form-urlencoded")
      problems.push("login: no form");
    if (!tenants.some((id) => pathname === `/${id}/oauth2/v2.0/token`)) return refuseLogin(response, 90_002);
    if (form.client_id !== account.appId) return refuseLogin(response, 700_016);
    if (form.client_secret !== account.appPassword) return refuseLogin(response, 7_000_215);
    if (JSON.stringify(form) !== JSON.stringify(expected)) problems.push("login: unexpected form");
    counter += 1;
    const access_token = `bot-token-${counter}`;
    issued.add(access_token);
    reply(response, 200, { token_type: "Bearer", expires_in: 3_599, access_token });
  }

  function write(pathname: string, request: IncomingMessage, text: string, response: ServerResponse) {
    const place = /^\/connector\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(pathname);
    if (request.method !== "POST" || place === null) {
      problems.push(`unknown: ${request.method} ${pathname}`);
      return reply(response, 404, { error: { code: "NotFound", message: "No such operation." } });
    }
    const body = JSON.parse(text) as Record<string, unknown>;
    problems.push(...faultsOfActivity(body, request.headers["content-type"]));
    const message: Written = {
      path: decodeURIComponent(pathname),
      authorization: request.headers.authorization ?? "",
      body,
    };
    written.push(message);
    // A text beside a file becomes two messages, of which neither is named.
    const isTwo = body.text !== undefined && body.attachments !== undefined;
    const named = isTwo || body.type === "typing" ? {} : { id: newActivityId() };
    Object.assign(message, named);
    reply(response, 201, named);
  }

  return {
    url,
    serviceUrl: `${url}/connector/`,
    written,
    pictures,
    tenants,
    problems,
    faults,
    asked,
    broken,
    outside(now: () => Date = () => new Date()): Outside {
      const elsewhere = "http://elsewhere.invalid";
      const others = { metaGraph: elsewhere, metaGraphVersion: "v25.0", telegramApi: elsewhere };
      return {
        now,
        privateHosts: [host],
        bases: {
          ...others,
          slackApi: elsewhere,
          twilioApi: elsewhere,
          elevenLabs: elsewhere,
          teamsLogin: url,
          teamsOpenId: `${url}/openid`,
          teamsIssuer: "https://api.botframework.com",
        },
      };
    },
    /** A token as the Bot Framework puts on each delivery. */
    async token({ audience, serviceUrl, issuer, signedAt, forged, keyId, claims }: Minting) {
      const seconds = Math.floor((signedAt ?? new Date()).getTime() / 1_000);
      return new SignJWT({ serviceurl: serviceUrl, ...claims })
        .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: keyId ?? signer.kid })
        .setIssuer(issuer ?? "https://api.botframework.com")
        .setAudience(audience)
        .setNotBefore(seconds)
        .setExpirationTime(seconds + 300)
        .sign(forged ? stranger.privateKey : signer.privateKey);
    },
    async rotateKeys() {
      signer = await newSigner("key-2");
    },
    /** No token given so far is accepted any more. */
    endTokens() {
      issued.clear();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Holds an activity against what Teams accepts (learn.microsoft.com, "Format your bot messages", "Types of cards"). */
function faultsOfActivity(body: Record<string, unknown>, contentType: string | undefined): string[] {
  const faults: string[] = [];
  const attachments = (body.attachments ?? []) as {
    contentType: string;
    contentUrl?: string;
    content?: Card;
  }[];
  if (!contentType?.startsWith("application/json")) faults.push("no JSON");
  if (body.type !== "message" && body.type !== "typing") faults.push(`type ${body.type}`);
  if (body.type === "message" && !body.text && attachments.length === 0) faults.push("an empty message");
  if (![undefined, "markdown", "plain", "xml"].includes(body.textFormat as string)) faults.push("textFormat");
  for (const { contentType: type, contentUrl, content } of attachments) {
    if (type === "application/vnd.microsoft.card.adaptive") {
      if (content?.type !== "AdaptiveCard" || content.version > "1.5") faults.push("no card of 1.5 or less");
      if ((content?.actions ?? []).length > 6) faults.push("more than six buttons");
      if (body.text !== undefined) faults.push("a text beside a card");
    } else if (!/^(data:image\/(png|jpeg|gif);base64,|https:)/.test(contentUrl ?? "")) {
      faults.push(`a file by ${contentUrl?.slice(0, 20)}`);
    }
  }
  return faults;
}

type Card = { type: string; version: string; actions?: unknown[] };

function refuseLogin(response: ServerResponse, code: number) {
  const error_description = `AADSTS${code}: told at length, with the app's id.`;
  reply(response, code === 7_000_215 ? 401 : 400, {
    error: code === 7_000_215 ? "invalid_client" : "unauthorized_client",
    error_codes: [code],
    error_description,
  });
}

function fail(response: ServerResponse, fault: Exclude<Fault, string>) {
  if (fault.retryAfter !== undefined) response.setHeader("retry-after", String(fault.retryAfter));
  if (fault.location !== undefined) response.setHeader("location", fault.location);
  reply(response, fault.status, {
    error: { code: fault.code ?? "ServiceError", message: "Told at length." },
  });
}

function reply(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}

function bytes(response: ServerResponse, type: string, content: string | Buffer) {
  response.writeHead(200, { "content-type": type });
  response.end(content);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}
