import { asWireError } from "#client/wire-error";
import type { Attachment } from "#contracts/conversation";
import type { Upload } from "./upload.ts";

/** A file that goes with the next message: on its way to us, with us, or refused. */
export type PendingFile = {
  key: number;
  name: string;
  /** A small picture of it, where it is one. */
  preview: string | undefined;
  /** From 0 to 1. */
  progress: number;
  stored?: Attachment;
  problem?: string;
};

type Sending = (file: File, onProgress: (part: number) => void) => Upload;

/** The files of one conversation's next message, each stored before the message is sent. */
export function createFiles(send: Sending) {
  const listeners = new Set<() => void>();
  const uploads = new Map<number, Upload>();
  let files: readonly PendingFile[] = [];
  let last = 0;

  function set(next: readonly PendingFile[]) {
    files = next;
    for (const listener of listeners) listener();
  }

  function change(key: number, part: Partial<PendingFile>) {
    set(files.map((file) => (file.key === key ? { ...file, ...part } : file)));
  }

  return {
    all: () => files,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async add(file: File) {
      const key = ++last;
      const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : undefined;
      set([...files, { key, name: file.name, preview, progress: 0 }]);
      const upload = send(file, (progress) => change(key, { progress }));
      uploads.set(key, upload);
      try {
        change(key, { stored: await upload.done, progress: 1 });
      } catch (error) {
        change(key, { problem: asWireError(error).message });
      } finally {
        uploads.delete(key);
      }
    },
    /** Puts back files that are stored already: the message that had them was taken back. */
    restore(stored: readonly Attachment[]) {
      const again = stored.map((attachment) => ({
        key: ++last,
        name: attachment.name,
        preview: undefined,
        progress: 1,
        stored: attachment,
      }));
      set([...files, ...again]);
    },
    /** Leaves a file out, and stops it where it is still on its way. */
    remove(key: number) {
      uploads.get(key)?.cancel();
      forget(files.filter((file) => file.key === key));
      set(files.filter((file) => file.key !== key));
    },
    clear() {
      forget(files);
      set([]);
    },
  };
}

export type Files = ReturnType<typeof createFiles>;

function forget(files: readonly PendingFile[]) {
  for (const { preview } of files) if (preview) URL.revokeObjectURL(preview);
}
