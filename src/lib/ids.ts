import { randomBytes, randomUUID } from "node:crypto";

/** Makes a time-ordered UUID (version 7, RFC 9562): good as a key inside, never shown as a secret. */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Makes an unguessable, URL-safe token of 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Makes an id for one request, shown in error bodies and log lines. */
export function newRequestId(): string {
  return randomUUID();
}
