import { createHash } from "node:crypto";
import type { Reply } from "./channel.ts";

/** Names a delivery by its bytes, where the platform gives it no name. */
export function digestOf(rawBody: Buffer): string {
  return createHash("sha256").update(rawBody).digest("hex");
}

/** The name that the platform gives a delivery, in the length that can be kept; a digest where it gives none. */
export function nameOr(name: string | undefined, rawBody: Buffer): string {
  if (name === undefined) return digestOf(rawBody);
  return name.length > 255 ? digestOf(Buffer.from(name)) : name;
}

/** What a delivery is answered with where nothing need be said. */
export const emptyReply: Reply = { status: 200, body: "", contentType: "text/plain" };
