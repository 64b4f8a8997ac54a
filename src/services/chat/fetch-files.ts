import type { Echo, RemoteFile, UnifiedMessage } from "#contracts/channel";
import type { Attachment } from "#contracts/conversation";
import { isAppError } from "#lib/errors";
import { log } from "#lib/log";
import { outsideOf } from "#services/channels";
import type { OpenConnection } from "#services/connections";
import { saveAttachment } from "./attachments.ts";

type Place = { companyId: string; id: string; by: string };

/**
 * Brings a message's files into our storage at once, as platforms keep them for minutes only. What cannot be had is told
 * in a line, so that nobody waits for a file that will not come.
 */
export async function fetchFiles(
  { adapter, config }: OpenConnection,
  { attachments = [] }: UnifiedMessage | Echo,
  { companyId, id: conversationId, by }: Place,
): Promise<{ attachments: Attachment[]; missing: string[] }> {
  const kept: Attachment[] = [];
  const missing: string[] = [];
  for (const file of attachments) {
    try {
      if (adapter.download === undefined) throw new Error("This channel brings no files.");
      const { bytes, mediaType, name } = await adapter.download(file, config, outsideOf());
      kept.push(
        await saveAttachment(
          { companyId, conversationId },
          { bytes, mediaType: mediaType ?? file.mediaType ?? "", name: name ?? file.name ?? file.type, by },
        ),
      );
    } catch (error) {
      if (!isAppError(error))
        log.warn({ err: error, channel: adapter.name }, "A customer's file could not be fetched");
      missing.push(
        `[${words[file.type]} could not be kept${isAppError(error) ? `: ${error.message}` : "."}]`,
      );
    }
  }
  return { attachments: kept, missing };
}

const words: Record<RemoteFile["type"], string> = {
  image: "A picture",
  audio: "A sound",
  video: "A video",
  document: "A file",
};
