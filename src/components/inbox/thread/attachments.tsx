"use client";

import { FileText, LoaderCircle, Paperclip, X } from "lucide-react";
import { useRef, useState } from "react";
import { asWireError } from "#client/wire-error";
import { api } from "#components/inbox/data/api.ts";
import { IconButton } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { Attachment } from "#contracts/conversation";
import type { ChannelSituation } from "#contracts/operator";
import { fits, pickable } from "./media.ts";

const most = 10;

/** Files that go with the next message, of kinds that its platform takes; each is stored before the message is sent. */
export function useAttachments(conversationId: string, channel: ChannelSituation | undefined) {
  const [files, setFiles] = useState<Attachment[]>([]);
  const [pending, setPending] = useState(0);

  async function add(chosen: Iterable<File>) {
    for (const file of [...chosen].slice(0, most - files.length)) {
      if (channel && !fits(file.type, channel.media)) {
        toast.error(`${file.name} was not added`, { description: `${channel.label} takes no such files.` });
        continue;
      }
      setPending((count) => count + 1);
      try {
        const stored = await api.attach(conversationId, file);
        setFiles((known) => [...known, stored]);
      } catch (error) {
        toast.error(`${file.name} was not added`, { description: asWireError(error).message });
      } finally {
        setPending((count) => count - 1);
      }
    }
  }

  return {
    files,
    pending,
    accept: pickable(channel?.media),
    add,
    remove: (id: string) => setFiles((known) => known.filter((file) => file.id !== id)),
    clear: () => setFiles([]),
  };
}

type Files = ReturnType<typeof useAttachments>;

/** The press that chooses files. */
export function AttachButton({ attachments }: { attachments: Files }) {
  const input = useRef<HTMLInputElement>(null);
  if (attachments.accept === "nothing") return undefined;
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={attachments.accept}
        onChange={(event) => {
          attachments.add(event.target.files ?? []);
          event.target.value = "";
        }}
      />
      <IconButton
        label="Attach files"
        icon={<Paperclip aria-hidden />}
        onClick={() => input.current?.click()}
      />
    </>
  );
}

/** What goes along, each with a way to leave it out. */
export function AttachmentChips({ attachments }: { attachments: Files }) {
  const { files, pending, remove } = attachments;
  if (files.length === 0 && pending === 0) return undefined;
  return (
    <ul aria-label="Files to send" className="flex flex-wrap gap-1.5 px-3 pb-2">
      {files.map(({ id, name }) => (
        <li
          key={id}
          className="flex h-7 max-w-56 items-center gap-1.5 rounded-md border border-line bg-sunken ps-2 text-xs"
        >
          <FileText className="size-3.5 shrink-0 text-ink-3" aria-hidden />
          <span className="truncate">{name}</span>
          <IconButton
            size="sm"
            label={`Leave out ${name}`}
            icon={<X aria-hidden />}
            onClick={() => remove(id)}
          />
        </li>
      ))}
      {pending > 0 ? (
        <li role="status" className="flex h-7 items-center gap-1.5 px-1 text-ink-3 text-xs">
          <LoaderCircle className="size-3.5 animate-spin" aria-hidden />
          Uploading
        </li>
      ) : undefined}
    </ul>
  );
}
