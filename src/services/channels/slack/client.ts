import { webApi } from "@slack/bolt";
import type { z } from "zod";
import type { Outside } from "#channels/channel";
import { repeatable, unreadableAnswer } from "#channels/failure";
import { outbound } from "#lib/outbound-http";
import { failureOf } from "./failures.ts";
import type { Settings } from "./settings.ts";

/** Calls a method of Slack's Web API once and reads its answer by `schema`. Throws `DeliveryFailure`. */
export async function ask<Schema extends z.ZodType>(
  method: string,
  fields: Record<string, unknown>,
  schema: Schema,
  settings: Settings,
  outside: Outside,
): Promise<z.output<Schema>> {
  try {
    const read = schema.safeParse(await clientOf(settings, outside).apiCall(method, fields));
    if (!read.success) throw unreadableAnswer("Slack");
    return read.data;
  } catch (error) {
    const failure = failureOf(error, outside.now());
    throw seen.has(method) ? failure : repeatable(failure, "Slack");
  }
}

// What a customer sees once it is done; any other method may be asked twice.
const seen = new Set(["chat.postMessage", "files.completeUploadExternal"]);

function clientOf({ botToken }: Settings, outside: Outside): webApi.WebClient {
  return new webApi.WebClient(botToken, {
    slackApiUrl: `${outside.bases.slackApi}/`,
    // Its own habit is ten tries in half an hour, asleep in between: trying again is the caller's.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: silent,
    fetch: fetchOf(outside),
  });
}

// Slack's client asks through our own door, which tells whether a request had left when it failed.
function fetchOf(outside: Outside): webApi.FetchFunction {
  return async (url, init) => {
    const answer = await outbound({
      url,
      method: "POST",
      headers: init?.headers,
      // A form of text alone: files travel by `upload`.
      body: typeof init?.body === "string" ? init.body : "",
      privateHosts: outside.privateHosts,
    });
    // Of a 429 that names no wait the client makes an error without a type.
    if (answer.status === 429 && !answer.headers.has("retry-after")) answer.headers.set("retry-after", "30");
    return new Response(answer.body.length === 0 ? null : new Uint8Array(answer.body), answer);
  };
}

// Its warnings quote what Slack found wrong with a request; what matters of them reaches the caller.
const quiet = () => undefined;
const silent: webApi.Logger = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  setLevel: quiet,
  setName: quiet,
  getLevel: () => webApi.LogLevel.ERROR,
};
