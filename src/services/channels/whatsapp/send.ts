import { z } from "zod";
import type { Outgoing, Outside, Sent } from "#channels/channel";
import { askGraph, type Graph } from "#channels/meta/graph";
import { Id } from "#channels/values";
import type { Thread } from "#contracts/channel";
import { graphOf } from "./client.ts";
import { fileBody, mustFit, recipient, templateBody, textBody } from "./outgoing.ts";
import type { Settings } from "./settings.ts";
import { upload } from "./upload.ts";

const Taken = z.looseObject({ messages: z.tuple([z.looseObject({ id: Id })]) });
const Done = z.looseObject({});

/** Sends one part (Meta, "WhatsApp Cloud API: messages"). Throws `DeliveryFailure`. */
export async function send(outgoing: Outgoing, settings: Settings, outside: Outside): Promise<Sent> {
  const { key, thread, replyToId } = outgoing;
  const graph = graphOf(settings, outside);
  const context = replyToId === undefined ? {} : { context: { message_id: replyToId } };
  const to = recipient(thread);
  const body = await bodyOf(outgoing, graph, settings);
  // Its receipts repeat the key (Meta, "Status messages webhook reference"), which tells what became of a lost answer.
  const mark = { biz_opaque_callback_data: key };
  const json = { messaging_product: "whatsapp", ...to, ...mark, ...context, ...body };
  const { messages } = await askGraph(graph, toMessages(settings, json), Taken);
  return { externalId: messages[0].id };
}

/** Shows the customer that an answer is being written; WhatsApp marks what they wrote as read with it. */
export async function typing(thread: Thread, settings: Settings, outside: Outside): Promise<void> {
  const { group, lastMessageId } = thread.address;
  // It hangs on a message of the customer (Meta, "Typing indicators"); without one there is nothing to hang it on.
  if (group !== undefined || lastMessageId === undefined) return;
  await markMessage(lastMessageId, { typing_indicator: { type: "text" } }, settings, outside);
}

/** Marks a message of the customer, and all before it, as read. */
export async function markRead(
  _thread: Thread,
  externalId: string,
  settings: Settings,
  outside: Outside,
): Promise<void> {
  await markMessage(externalId, {}, settings, outside);
}

async function bodyOf({ content }: Outgoing, graph: Graph, settings: Settings): Promise<object> {
  if (content.type === "text") return textBody(content);
  if (content.type === "template") return templateBody(content);
  mustFit(content);
  return fileBody(content, await upload(content, graph, settings.phoneNumberId));
}

async function markMessage(
  messageId: string,
  more: object,
  settings: Settings,
  outside: Outside,
): Promise<void> {
  const json = { messaging_product: "whatsapp", status: "read", message_id: messageId, ...more };
  await askGraph(graphOf(settings, outside), { ...toMessages(settings, json), repeatable: true }, Done);
}

function toMessages({ phoneNumberId }: Settings, json: object) {
  return { method: "POST", path: [phoneNumberId, "messages"], json } as const;
}
