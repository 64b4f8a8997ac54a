import { z } from "zod";
import type { OutgoingFile } from "#channels/channel";
import { megabyte } from "#channels/media";
import { askGraph, type Graph } from "#channels/meta/graph";
import { Id } from "#channels/values";

// Meta, "Media: supported media types". What is not in this table goes as a document, which WhatsApp takes of any kind.
const shown: Record<string, { types: readonly string[]; most: number }> = {
  image: { types: ["image/jpeg", "image/png"], most: 5 * megabyte },
  video: { types: ["video/mp4", "video/3gpp"], most: 16 * megabyte },
  audio: {
    types: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
    most: 16 * megabyte,
  },
};

/** Says as what WhatsApp can show a file. */
export function kindOf({ kind, mediaType, bytes, caption }: OutgoingFile): string {
  const [type] = mediaType.split(";");
  const row = shown[kind];
  const fits = row?.types.includes(type ?? "") === true && bytes.length <= row.most;
  // WhatsApp shows no words beside a sound, and words must not be lost.
  const loses = kind === "audio" && caption !== undefined;
  return fits && !loses ? kind : "document";
}

/** Uploads a file and returns the id by which a message can show it. Throws `DeliveryFailure`. */
export async function upload(file: OutgoingFile, graph: Graph, phoneNumberId: string): Promise<string> {
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", file.mediaType);
  form.set("file", new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }), file.name);
  // Nobody sees an upload, so one whose answer was lost may be made again.
  const call = { method: "POST", path: [phoneNumberId, "media"], form, repeatable: true } as const;
  const { id } = await askGraph(graph, call, z.looseObject({ id: Id }));
  return id;
}
