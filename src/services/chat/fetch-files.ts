import { setTimeout as pause } from "node:timers/promises";
import type { Echo, RemoteFile, UnifiedMessage } from "#contracts/channel";
import type { Attachment } from "#contracts/conversation";
import { isAppError } from "#lib/errors";
import { log } from "#lib/log";
import { sideBySide } from "#lib/side-by-side";
import { DeliveryFailure, outsideOf } from "#services/channels";
import type { OpenConnection } from "#services/connections";
import { saveAttachment } from "./attachments.ts";

type Place = { companyId: string; id: string; by: string };

const filesAtOnce = 4;
/** All files of a message together: what comes later is not waited for, as its words wait for it too. */
const patienceMs = 90_000;

/**
 * Brings a message's files into our storage at once, as platforms keep them for minutes only. What cannot be had is told
 * in a line, so that nobody waits for a file that will not come.
 */
export async function fetchFiles(
  connection: OpenConnection,
  { attachments = [] }: UnifiedMessage | Echo,
  place: Place,
): Promise<{ attachments: Attachment[]; missing: string[] }> {
  if (attachments.length === 0) return { attachments: [], missing: [] };
  const gate = sideBySide(filesAtOnce);
  const over = new AbortController();
  const late = pause(patienceMs, undefined, { ref: false, signal: over.signal }).then(
    () => tooLate,
    () => tooLate,
  );
  const found = await Promise.all(
    attachments.map((file) =>
      Promise.race([gate(() => fetched(connection, file, place)), late.then((line) => line(file))]),
    ),
  );
  over.abort();
  return {
    attachments: found.flatMap((each) => (typeof each === "string" ? [] : [each])),
    missing: found.filter((each) => typeof each === "string"),
  };
}

/** A file as it is kept, or the line that stands for it. */
async function fetched(
  { adapter, config }: OpenConnection,
  file: RemoteFile,
  { companyId, id: conversationId, by }: Place,
): Promise<Attachment | string> {
  try {
    if (adapter.download === undefined) throw new Error("This channel brings no files.");
    const { bytes, mediaType, name } = await adapter.download(file, config, outsideOf(adapter.name));
    return await saveAttachment(
      { companyId, conversationId },
      { bytes, mediaType: mediaType ?? file.mediaType ?? "", name: name ?? file.name ?? file.type, by },
    );
  } catch (error) {
    if (!isAppError(error))
      log.warn({ err: error, channel: adapter.name }, "A customer's file could not be fetched");
    const isTold = isAppError(error) || error instanceof DeliveryFailure;
    return `[${words[file.type]} could not be kept${isTold ? `: ${error.message}` : "."}]`;
  }
}

function tooLate({ type }: RemoteFile): string {
  return `[${words[type]} could not be kept: it took too long to come.]`;
}

const words: Record<RemoteFile["type"], string> = {
  image: "A picture",
  audio: "A sound",
  video: "A video",
  document: "A file",
};
