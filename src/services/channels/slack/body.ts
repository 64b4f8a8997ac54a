import { z } from "zod";
import type { WebhookRequest } from "#channels/channel";
import { jsonOf, readAs } from "#channels/json";
import { keepable } from "#channels/words";

/** What Slack posts: an event as JSON, an interaction as JSON in a form's field, a slash command as a form. */
export type Body = { kind: "event" | "interaction" | "command"; fields: Record<string, unknown> };

const Fields = z.record(z.string(), z.unknown());

/**
 * Reads the three kinds of bodies (docs.slack.dev, "The Events API", "Handling user interaction", "Slash commands").
 * Throws on a body of another kind, without repeating any of it.
 */
export function readBody(request: WebhookRequest): Body {
  const text = request.rawBody.toString("utf8");
  const type = mediaTypeOf(request);
  if (type === "application/json") return { kind: "event", fields: readAs(Fields, jsonOf(text)) };
  if (type !== "application/x-www-form-urlencoded") throw new Error("Slack sends JSON or a form.");
  const form = new URLSearchParams(text);
  const payload = form.get("payload");
  if (payload !== null) return { kind: "interaction", fields: readAs(Fields, jsonOf(payload)) };
  if (!form.has("command")) throw new Error("The form is neither an interaction nor a slash command.");
  return { kind: "command", fields: readAs(Fields, keepable(Object.fromEntries(form))) };
}

/** Says whether this is Slack's look at the certificate: unsigned, and nothing else in it counts ("Slash commands"). */
export function isCertificateProbe(request: WebhookRequest): boolean {
  if (mediaTypeOf(request) !== "application/x-www-form-urlencoded") return false;
  return new URLSearchParams(request.rawBody.toString("utf8")).get("ssl_check") === "1";
}

// Bolt compares the header as a whole, so that `application/json; charset=utf-8` would be a kind of its own.
function mediaTypeOf(request: WebhookRequest): string | undefined {
  return request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
}
