import { createHash } from "node:crypto";
import type { Reply } from "./channel.ts";

/** Names a delivery by its bytes, where the platform gives it no name. */
export function digestOf(rawBody: Buffer): string {
  return createHash("sha256").update(rawBody).digest("hex");
}

/** What a delivery is answered with where nothing need be said. */
export const emptyReply: Reply = { status: 200, body: "", contentType: "text/plain" };
