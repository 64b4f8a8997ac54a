import { createHmac } from "node:crypto";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { outsideOf } from "#services/channels";
import type { OpenLine } from "./line.ts";

/** Posts a form as Twilio does: signed with the line's auth token over the public address and all fields. */
export async function postAsTwilio(
  line: OpenLine,
  path: string,
  form: Record<string, string>,
): Promise<void> {
  const fields = { AccountSid: line.config.accountSid, ApiVersion: "2010-04-01", ...form };
  const signed = Object.entries(fields)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .reduce((text, [name, value]) => text + name + value, `${env.PUBLIC_BASE_URL}${path}`);
  const signature = createHmac("sha1", line.config.authToken).update(signed).digest("base64");
  await post(path, new URLSearchParams(fields).toString(), {
    "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
    "x-twilio-signature": signature,
  });
}

/** Posts what was said in a call as ElevenLabs does, signed with the line's post-call secret. */
export async function postAfterCall(line: OpenLine, body: unknown, now: Date): Promise<void> {
  const text = JSON.stringify(body);
  const seconds = Math.floor(now.getTime() / 1_000);
  const signature = createHmac("sha256", line.config.voicePostCallSecret)
    .update(`${seconds}.${text}`)
    .digest("hex");
  await post("/api/webhooks/elevenlabs/post-call", text, {
    "content-type": "application/json",
    "elevenlabs-signature": `t=${seconds},v0=${signature}`,
  });
}

/** Asks, as ElevenLabs does while the phone rings, what its voice agent is to know. */
export async function askInitiation(line: OpenLine, body: unknown): Promise<unknown> {
  const response = await post("/api/webhooks/elevenlabs/conversation-initiation", JSON.stringify(body), {
    "content-type": "application/json",
    "x-baton-secret": line.config.voiceInitiationSecret,
  });
  return response.json();
}

// Through the program's own front door, as from outside, and past any proxy that may not lead back here.
async function post(path: string, body: string, headers: Record<string, string>): Promise<Response> {
  const response = await fetch(`${outsideOf().practice}${path}`, {
    method: "POST",
    headers,
    body,
    signal: AbortSignal.timeout(15_000),
  }).catch((cause: unknown) => {
    throw new AppError("unavailable", "The practice line cannot reach Baton's own address.", { cause });
  });
  if (response.ok) return response;
  throw new AppError("unavailable", `Baton refused what the practice line posted (${response.status}).`);
}
