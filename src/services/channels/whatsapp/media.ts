import { createHash } from "node:crypto";
import { z } from "zod";
import type { Downloaded, Outside } from "#channels/channel";
import { DeliveryFailure } from "#channels/failure";
import { mostFileBytes, tooLarge } from "#channels/media";
import { askGraph } from "#channels/meta/graph";
import { fetchMedia } from "#channels/meta/media";
import type { RemoteFile } from "#contracts/channel";
import { graphOf } from "./client.ts";
import type { Settings } from "./settings.ts";

const Place = z.looseObject({
  url: z.string(),
  mime_type: z.string().optional(),
  sha256: z.string().optional(),
  file_size: z.coerce.number().optional(),
});

/**
 * Fetches a file in two steps: its id leads to an address that holds five minutes, the address to its bytes (Meta,
 * "Media: download media"). Throws `DeliveryFailure`.
 */
export async function download(
  { locator, name }: RemoteFile,
  settings: Settings,
  outside: Outside,
): Promise<Downloaded> {
  const graph = graphOf(settings, outside);
  const query = { phone_number_id: settings.phoneNumberId };
  const place = await askGraph(graph, { path: [locator.mediaId ?? ""], query, repeatable: true }, Place);
  if ((place.file_size ?? 0) > mostFileBytes) throw tooLarge();
  const { label, token } = graph;
  const file = await fetchMedia({ url: place.url, hosts: ["lookaside.fbsbx.com"], token, label }, outside);
  // The hash of the signed delivery comes first: it is the customer's file that must arrive, not another.
  const expected = locator.sha256 ?? place.sha256;
  if (expected !== undefined && !hashesOf(file.bytes).includes(expected)) {
    throw new DeliveryFailure("passing", "damaged", "The file arrived damaged.");
  }
  return { bytes: file.bytes, mediaType: place.mime_type ?? file.mediaType, name };
}

// Meta writes it in base64 in deliveries and in hexadecimal elsewhere.
function hashesOf(bytes: Buffer): string[] {
  const digest = createHash("sha256").update(bytes).digest();
  return [digest.toString("base64"), digest.toString("hex")];
}
