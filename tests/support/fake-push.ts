import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { importJWK, jwtVerify } from "jose";

/** One push as it came, opened with the keys of the browser that it was for. */
export type TakenPush = {
  browser: string;
  payload: Record<string, string>;
  headers: IncomingMessage["headers"];
  /** Who the push service is told it comes from. */
  vapid: { subject: string; publicKey: string };
};

export type FakeBrowser = {
  name: string;
  /** What the browser gives when it subscribes. */
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
};

export type FakePush = {
  /** How it is named among the hosts that may be private. */
  host: string;
  taken: TakenPush[];
  /** How often it was asked, also where it refused. */
  asked: () => number;
  browser(): FakeBrowser;
  /** The next pushes meet these answers, one each. */
  play(...statuses: number[]): void;
  close(): Promise<void>;
};

/** Starts a push service that checks each push as the specifications say (RFC 8030, 8188, 8291, 8292). */
export async function startFakePush(): Promise<FakePush> {
  const browsers = new Map<string, { ecdh: ReturnType<typeof createECDH>; auth: Buffer }>();
  const taken: TakenPush[] = [];
  const plays: number[] = [];
  let asked = 0;
  const server = createServer(async (request, response) => {
    asked += 1;
    const name = (request.url ?? "").split("/").at(-1) ?? "";
    const browser = browsers.get(name);
    const body = await bytesOf(request);
    const status = plays.shift();
    if (status !== undefined) return void response.writeHead(status).end();
    if (browser === undefined) return void response.writeHead(404).end();
    try {
      const vapid = await readVapid(request, `http://${host}`);
      must(request.method === "POST", "a push is a POST");
      must(request.headers["content-encoding"] === "aes128gcm", "the encoding is not aes128gcm");
      must(/^\d+$/.test(String(request.headers.ttl)), "TTL is missing");
      must(/^[A-Za-z0-9_-]{1,32}$/.test(String(request.headers.topic)), "the topic is not one");
      const payload = JSON.parse(opened(body, browser)) as Record<string, string>;
      taken.push({ browser: name, payload, headers: request.headers, vapid });
      response.writeHead(201).end();
    } catch (error) {
      response.writeHead(400).end(String(error));
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    taken,
    asked: () => asked,
    browser() {
      const ecdh = createECDH("prime256v1");
      ecdh.generateKeys();
      const auth = randomBytes(16);
      const name = randomBytes(8).toString("hex");
      browsers.set(name, { ecdh, auth });
      const keys = {
        p256dh: ecdh.getPublicKey().toString("base64url"),
        auth: auth.toString("base64url"),
      };
      return { name, subscription: { endpoint: `http://${host}/push/${name}`, keys } };
    },
    play: (...statuses) => void plays.push(...statuses),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function readVapid(request: IncomingMessage, origin: string): Promise<TakenPush["vapid"]> {
  const [, token = "", publicKey = ""] =
    /^vapid t=([^,]+), ?k=([A-Za-z0-9_-]+)$/.exec(request.headers.authorization ?? "") ?? [];
  const raw = Buffer.from(publicKey, "base64url");
  must(raw.length === 65 && raw[0] === 4, "k is no uncompressed point");
  const [x, y] = [raw.subarray(1, 33).toString("base64url"), raw.subarray(33).toString("base64url")];
  const key = await importJWK({ kty: "EC", crv: "P-256", x, y }, "ES256");
  const { payload } = await jwtVerify(token, key, { algorithms: ["ES256"], audience: origin });
  must((payload.exp ?? 0) - Date.now() / 1_000 <= 24 * 3_600, "the token holds for longer than a day");
  must(/^(mailto:|https:)/.test(payload.sub ?? ""), "nobody can be asked");
  return { subject: payload.sub ?? "", publicKey };
}

/** Opens a body of one record for a browser. */
function opened(body: Buffer, { ecdh, auth }: { ecdh: ReturnType<typeof createECDH>; auth: Buffer }): string {
  const salt = body.subarray(0, 16);
  const keyLength = body[20] ?? 0;
  const sender = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  const shared = ecdh.computeSecret(sender);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), ecdh.getPublicKey(), sender]);
  const secret = Buffer.from(hkdfSync("sha256", shared, auth, info, 32));
  const key = Buffer.from(hkdfSync("sha256", secret, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16));
  const nonce = Buffer.from(hkdfSync("sha256", secret, salt, Buffer.from("Content-Encoding: nonce\0"), 12));
  const decipher = createDecipheriv("aes-128-gcm", key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  must(end > 0, "the last record has no delimiter");
  return padded.subarray(0, end).toString("utf8");
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

function must(fits: boolean, complaint: string): void {
  if (!fits) throw new Error(complaint);
}
