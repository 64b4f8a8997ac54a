// Where each contender keeps the same thing.
import type { Contender } from "./contenders.ts";
import { liveKey, sessionId, sessionToken } from "./ground.ts";
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

/** A customer's message in the nth chat; asking bare Node for an answer goes by another address. */
export function customerMessage({ name }: Contender, n: number, text: string, asks = false): string {
  const body = { clientId: crypto.randomUUID(), text };
  if (name === "bare")
    return rawRequest({ method: "POST", path: `/${asks ? "answer" : "message"}/${n}`, body });
  return rawRequest({
    method: "POST",
    path: `/api/chat/${sessionId(n)}/message`,
    token: sessionToken(n),
    body,
  });
}
