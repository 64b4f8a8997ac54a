// Where each contender keeps the same thing.
import type { Contender } from "./contenders.ts";
import { conversationId, liveKey, sessionId, sessionToken } from "./ground.ts";
import { rawRequest } from "./wire.ts";

/** The stream of the nth chat's window. */
export function chatStream({ name }: Contender, n: number): { path: string; token: string | undefined } {
  if (name === "bare") return { path: `/stream/${n}`, token: undefined };
  return { path: `/api/chat/${sessionId(n)}/stream`, token: sessionToken(n) };
}

/** The stream of an operator's window. */
export function operatorStream({ name }: Contender): { path: string; token: string | undefined } {
  if (name === "bare") return { path: "/stream/company", token: undefined };
  return { path: "/api/agent/stream", token: liveKey };
}

/** What bare Node does with a message: number and insert it, have the model answer it, or keep all rows that Baton keeps. */
type Bare = "message" | "answer" | "record";

/** A customer's message in the nth chat. */
export function customerMessage(
  { name }: Contender,
  n: number,
  text: string,
  bare: Bare = "message",
): string {
  const body = { clientId: crypto.randomUUID(), text };
  if (name === "bare") {
    const path = `/${bare}/${bare === "record" ? conversationId(n) : n}`;
    return rawRequest({ method: "POST", path, body });
  }
  return rawRequest({
    method: "POST",
    path: `/api/chat/${sessionId(n)}/message`,
    token: sessionToken(n),
    body,
  });
}
