import { z } from "zod";
import type { Outgoing, OutgoingContent, OutgoingFile, OutgoingText, Outside, Sent } from "#channels/channel";
import { noAddress, noTemplates } from "#channels/failure";
import { askGraph, type GraphCall } from "#channels/meta/graph";
import { Id } from "#channels/values";
import type { Thread } from "#contracts/channel";
import { graphOf } from "./client.ts";
import { ourMark } from "./mark.ts";
import type { Settings } from "./settings.ts";

const Taken = z.looseObject({ message_id: Id });
const Done = z.looseObject({});

const hour = 3_600_000;

/** Sends one part (Meta, "Messenger Platform: Send API"). Throws `DeliveryFailure`. */
export async function send(outgoing: Outgoing, settings: Settings, outside: Outside): Promise<Sent> {
  const { thread, content, replyToId, key } = outgoing;
  const frame = {
    ...recipient(thread),
    ...purposeOf(outgoing, outside.now()),
    ...(replyToId !== undefined && { reply_to: { mid: replyToId } }),
  };
  const call = callOf(content, frame, ourMark(key));
  const path = [settings.pageId, "messages"];
  const taken = await askGraph(graphOf(settings, outside), { method: "POST", path, ...call }, Taken);
  return { externalId: taken.message_id };
}

/** Shows the customer that an answer is being written. */
export async function typing(thread: Thread, settings: Settings, outside: Outside): Promise<void> {
  await act("typing_on", thread, settings, outside);
}

/** Marks all that the customer wrote as seen. */
export async function markRead(
  thread: Thread,
  _externalId: string,
  settings: Settings,
  outside: Outside,
): Promise<void> {
  await act("mark_seen", thread, settings, outside);
}

function recipient({ address }: Thread) {
  if (address.psid !== undefined) return { recipient: { id: address.psid } };
  throw noAddress("Messenger");
}

/**
 * Says why we write. Between a day and seven after the customer's words only a person may answer, under the tag
 * HUMAN_AGENT; an answer of the agent never carries it (Meta, "Messenger Platform: message tags").
 */
function purposeOf({ author, lastCustomerAt }: Outgoing, now: Date): object {
  const age = lastCustomerAt === undefined ? 0 : now.getTime() - lastCustomerAt.getTime();
  const late = age > 24 * hour && age <= 7 * 24 * hour;
  if (author === "operator" && late) return { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" };
  return { messaging_type: "RESPONSE" };
}

function callOf(content: OutgoingContent, frame: object, metadata: string): Pick<GraphCall, "json" | "form"> {
  if (content.type === "template") throw noTemplates("Messenger");
  if (content.type === "text") return { json: { ...frame, message: { ...textOf(content), metadata } } };
  if (content.caption === undefined) return { form: formOf(content, frame, metadata) };
  // Messenger shows no words beside a file, and a part is one message: so the words come with a link.
  return { json: { ...frame, message: { text: `${content.caption}\n${content.url}`, metadata } } };
}

function textOf({ text, buttons = [] }: OutgoingText): object {
  const replies = buttons.map(({ id, title }) => ({ content_type: "text", title, payload: id }));
  return { text, ...(replies.length > 0 && { quick_replies: replies }) };
}

function formOf({ kind, name, mediaType, bytes }: OutgoingFile, frame: object, metadata: string): FormData {
  const type = kind === "document" ? "file" : kind;
  const form = new FormData();
  const fields = { ...frame, message: { attachment: { type, payload: {} }, metadata } };
  for (const [field, value] of Object.entries(fields)) {
    form.set(field, typeof value === "string" ? value : JSON.stringify(value));
  }
  form.set("filedata", new Blob([new Uint8Array(bytes)], { type: mediaType }), name);
  return form;
}

async function act(action: string, thread: Thread, settings: Settings, outside: Outside): Promise<void> {
  const json = { ...recipient(thread), sender_action: action };
  const path = [settings.pageId, "messages"];
  await askGraph(graphOf(settings, outside), { method: "POST", path, json, repeatable: true }, Done);
}
