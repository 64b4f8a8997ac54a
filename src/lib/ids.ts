import { randomBytes, randomUUID } from "node:crypto";

/** Makes a time-ordered UUID (version 7, RFC 9562): good as a key inside, never shown as a secret. */
export function newId(now: number = Date.now()): string {
  const time = now.toString(16).padStart(12, "0");
  // What is random in a version 4 is random in a version 7 too, and Node draws those many at a time.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** Makes an unguessable, URL-safe token of 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Makes an id for one request, shown in error bodies and log lines. */
export function newRequestId(): string {
  return randomUUID();
}
