"use client";

import { useSyncExternalStore } from "react";
import { attachmentUrl, uploadUrl } from "#components/inbox/data/api.ts";
import { toast } from "#components/ui/toaster.tsx";
import type { Attachment } from "#contracts/conversation";
import type { ChannelSituation } from "#contracts/operator";
import { createFiles, type Files, type PendingFile } from "./files.ts";
import { fits, pickable } from "./media.ts";
import type { Mode } from "./mode.ts";
import { upload } from "./upload.ts";

/** What the server takes of one file, and how many go with one message. */
const largest = 10 * 1024 * 1024;
const most = 10;

const known = new Map<string, Files>();
const none: readonly PendingFile[] = [];

/**
 * The files of a conversation's next message: they stay while another conversation is looked at. What was added to a
 * note never goes along with a reply.
 */
export function filesOf(conversationId: string, mode: Mode): Files {
  const key = `${conversationId}.${mode}`;
  const found = known.get(key);
  if (found) return found;
  const made = createFiles((file, onProgress) => upload(uploadUrl(conversationId), file, onProgress));
  known.set(key, made);
  return made;
}

/** Files that go with the next message, of kinds that its platform takes. */
export function useFiles(conversationId: string, mode: Mode, channel: ChannelSituation | undefined) {
  const files = filesOf(conversationId, mode);
  const all = useSyncExternalStore(files.subscribe, files.all, () => none);
  const stored = all.flatMap(({ stored }) => stored ?? []);

  function add(chosen: Iterable<File>) {
    const fresh = [...chosen];
    if (fresh.length > most - all.length) toast.error(`At most ${most} files go with one message.`);
    for (const file of fresh.slice(0, most - all.length)) {
      const problem = problemWith(file, channel);
      if (problem) toast.error(`${file.name} was not added`, { description: problem });
      else void files.add(file);
    }
  }

  return {
    all,
    stored,
    /** Some are on their way still. */
    busy: all.some(({ stored, problem }) => stored === undefined && problem === undefined),
    accept: pickable(channel?.media),
    add,
    remove: files.remove,
    clear: files.clear,
    pictureOf: (file: PendingFile) => file.preview ?? storedPicture(conversationId, file.stored),
  };
}

export type PendingFiles = ReturnType<typeof useFiles>;

/** Looked at before anything is sent: a large file is refused in an instant and not after minutes. */
function problemWith(file: File, channel: ChannelSituation | undefined): string | undefined {
  if (channel && !fits(file.type, channel.media)) return `${channel.label} takes no such files.`;
  if (file.size > largest) return "Files may have 10 MB at most.";
  if (file.size === 0) return "The file is empty.";
  return undefined;
}

function storedPicture(conversationId: string, stored: Attachment | undefined): string | undefined {
  return stored?.mediaType.startsWith("image/") ? attachmentUrl(conversationId, stored) : undefined;
}
