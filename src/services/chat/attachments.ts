import { mkdir, open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import type { Attachment } from "#contracts/conversation";
import { read, withCompany } from "#lib/db";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { newId } from "#lib/ids";
import { mostFileBytes } from "#services/channels";

/** The largest file that may be attached, in bytes. */
export const mostBytes = mostFileBytes;
const mostPixels = 40_000_000;
const longestSide = 2_400;

const pictures = new Set(["image/jpeg", "image/png", "image/webp", "image/gif"]);
const files = new Set([
  "application/pdf",
  "application/zip",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "audio/mpeg",
  "audio/ogg",
  "audio/ogg; codecs=opus",
  "audio/mp4",
  "audio/x-m4a",
  "audio/aac",
  "audio/amr",
  "audio/wav",
  "video/mp4",
  "video/quicktime",
  "video/3gpp",
  "video/webm",
  "text/plain",
  "text/csv",
]);

type Place = { companyId: string; conversationId: string };
type Upload = { name: string; mediaType: string; bytes: Buffer; by: string };

/**
 * Keeps a file for a conversation. What it is is read from its bytes, not believed; pictures are written anew, so that
 * nothing hides in them. Throws `too_large`, `unsupported_media`.
 */
export async function saveAttachment(place: Place, upload: Upload): Promise<Attachment> {
  if (upload.bytes.length === 0) throw new AppError("invalid", "The file is empty.");
  if (upload.bytes.length > mostBytes) throw new AppError("too_large", "A file may have 10 MB at most.");
  const kept = await sanitised(upload);
  const id = newId();
  const storageKey = join(place.companyId, id);
  await mkdir(join(folder(), place.companyId), { recursive: true, mode: 0o700 });
  await writeFile(join(folder(), storageKey), kept.bytes, { mode: 0o600 });
  const row = await withCompany(place.companyId, (tx) =>
    tx.attachment.create({
      data: {
        id,
        // Named one by one: whoever asks brings more than a place.
        companyId: place.companyId,
        conversationId: place.conversationId,
        name: safeName(upload.name, kept.mediaType),
        mediaType: kept.mediaType,
        size: kept.bytes.length,
        width: kept.width,
        height: kept.height,
        storageKey,
        uploadedBy: upload.by,
      },
    }),
  );
  return view(row);
}

/** The attachments of a conversation by their ids. Throws `invalid` for one that is not there. */
export async function attachmentsOf(place: Place, ids: string[]): Promise<Attachment[]> {
  if (ids.length === 0) return [];
  const rows = await read<Row>(
    place.companyId,
    `SELECT id, name, media_type AS "mediaType", size, width, height, storage_key AS "storageKey",
            conversation_id AS "conversationId"
     FROM attachment WHERE company_id = $1 AND conversation_id = $2 AND id = ANY($3)`,
    [place.companyId, place.conversationId, ids],
  );
  if (rows.length !== new Set(ids).size) {
    throw new AppError("invalid", "An attachment is not known here: upload it again.");
  }
  return ids.flatMap((id) => rows.filter((row) => row.id === id).map(view));
}

/** Takes files that nobody has sent yet along into the conversation in which they will be. */
export async function moveAttachments(place: Place, files: Attachment[], to: string): Promise<void> {
  if (files.length === 0) return;
  await withCompany(place.companyId, (tx) =>
    tx.attachment.updateMany({
      where: { conversationId: place.conversationId, id: { in: files.map(({ id }) => id) } },
      data: { conversationId: to },
    }),
  );
}

/** Opens an attachment's bytes; always to be saved, never to be run by a browser, unless it is a picture. */
export async function openAttachment(place: Place, id: string): Promise<Response> {
  const row = await findRow(place.companyId, id);
  if (row.conversationId !== place.conversationId)
    throw new AppError("not_found", "This file does not exist.");
  return fileResponse(row);
}

/** Opens an attachment whose address was signed for it. */
export async function openAttachmentById(companyId: string, id: string): Promise<Response> {
  return fileResponse(await findRow(companyId, id));
}

/** An attachment whole, to be sent on. */
export async function attachmentFile(
  place: Place,
  id: string,
): Promise<{ name: string; mediaType: string; bytes: Buffer }> {
  const { name, mediaType, storageKey } = await findRow(place.companyId, id);
  return { name, mediaType, bytes: await readFile(join(folder(), storageKey)) };
}

async function findRow(companyId: string, id: string): Promise<Row> {
  const [row] = await read<Row>(
    companyId,
    `SELECT id, name, media_type AS "mediaType", size, width, height, storage_key AS "storageKey",
            conversation_id AS "conversationId"
     FROM attachment WHERE company_id = $1 AND id = $2`,
    [companyId, id],
  );
  if (row === undefined) throw new AppError("not_found", "This file does not exist.");
  return row;
}

async function fileResponse(row: Row): Promise<Response> {
  // Opened before a word of the answer leaves: what is missing on the disk is not found.
  const file = await open(join(folder(), row.storageKey)).catch(() => {
    throw new AppError("not_found", "This file is no longer kept.");
  });
  const stream = file.createReadStream();
  const disposition = pictures.has(row.mediaType) ? "inline" : "attachment";
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": row.mediaType,
      "content-length": String(row.size),
      "content-disposition": `${disposition}; filename*=UTF-8''${encodeURIComponent(row.name)}`,
      "cache-control": "private, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  });
}

type Row = {
  id: string;
  name: string;
  mediaType: string;
  size: number;
  width: number | null;
  height: number | null;
  storageKey: string;
  conversationId: string;
};

function view(row: Row): Attachment {
  return {
    id: row.id,
    name: row.name,
    mediaType: row.mediaType,
    size: row.size,
    width: row.width ?? undefined,
    height: row.height ?? undefined,
    url: `attachments/${row.id}`,
  };
}

async function sanitised({ bytes, mediaType }: Upload) {
  const sniffed = (await fileTypeFromBuffer(bytes))?.mime ?? plainText(bytes, mediaType);
  if (sniffed !== undefined && pictures.has(sniffed)) return picture(bytes, sniffed);
  if (sniffed === undefined || !files.has(sniffed)) {
    throw new AppError(
      "unsupported_media",
      "This kind of file cannot be attached. Pictures, PDF, text and office files can.",
    );
  }
  return { bytes, mediaType: sniffed, width: undefined, height: undefined };
}

async function picture(bytes: Buffer, mediaType: string) {
  try {
    const { data, info } = await sharp(bytes, {
      limitInputPixels: mostPixels,
      animated: mediaType === "image/gif",
    })
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: "inside", withoutEnlargement: true })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, mediaType, width: info.width, height: info.pageHeight ?? info.height };
  } catch (cause) {
    throw new AppError("unsupported_media", "This picture cannot be read.", { cause });
  }
}

function plainText(bytes: Buffer, claimed: string): string | undefined {
  const kind = claimed.split(";", 1)[0]?.trim();
  if (kind !== "text/plain" && kind !== "text/csv") return undefined;
  const text = bytes.toString("utf8");
  return text.includes("\u0000") || text.includes("\uFFFD") ? undefined : kind;
}

// The first is added where a name claims to be something else: a text called .bat would run where it is saved.
const endings: Record<string, string[]> = {
  "image/jpeg": [".jpg", ".jpeg"],
  "image/png": [".png"],
  "image/webp": [".webp"],
  "image/gif": [".gif"],
  "application/pdf": [".pdf"],
  "application/zip": [".zip"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": [".docx"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": [".xlsx"],
  "audio/mpeg": [".mp3"],
  "audio/ogg": [".ogg", ".oga", ".opus"],
  "audio/ogg; codecs=opus": [".ogg", ".opus"],
  "audio/mp4": [".m4a", ".mp4"],
  "audio/x-m4a": [".m4a"],
  "audio/aac": [".aac"],
  "audio/amr": [".amr"],
  "audio/wav": [".wav"],
  "video/mp4": [".mp4", ".m4v"],
  "video/quicktime": [".mov"],
  "video/3gpp": [".3gp"],
  "video/webm": [".webm"],
  "text/plain": [".txt", ".md", ".log"],
  "text/csv": [".csv"],
};

function safeName(name: string, mediaType: string): string {
  const plain = name
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\p{Cf}\\/]/gu, "")
    .trim();
  const short = plain === "" ? "file" : plain.slice(-120).toWellFormed();
  const [ending = "", ...others] = endings[mediaType] ?? [];
  const honest = [ending, ...others].some((one) => short.toLowerCase().endsWith(one));
  return honest ? short : `${short}${ending}`;
}

function folder(): string {
  return join(env.BATON_DATA, "attachments");
}
