"use client";

import { CircleAlert, FileText, Paperclip, X } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import type { PendingFile } from "./files.ts";
import type { PendingFiles } from "./use-files.ts";

/** The press that chooses files. */
export function AttachButton({ files }: { files: PendingFiles }) {
  const input = useRef<HTMLInputElement>(null);
  if (files.accept === "nothing") return undefined;
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={files.accept}
        onChange={(event) => {
          files.add(event.target.files ?? []);
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

/** What goes along: how far each is, and a way to leave it out or to stop it. */
export function AttachmentChips({ files }: { files: PendingFiles }) {
  if (files.all.length === 0) return undefined;
  return (
    <ul aria-label="Files to send" className="flex flex-wrap gap-1.5 px-3 pb-2">
      {files.all.map((file) => (
        <Chip
          key={file.key}
          file={file}
          picture={files.pictureOf(file)}
          onRemove={() => files.remove(file.key)}
        />
      ))}
    </ul>
  );
}

type ChipProps = { file: PendingFile; picture: string | undefined; onRemove: () => void };

function Chip({ file, picture, onRemove }: ChipProps) {
  const { name, progress, stored, problem } = file;
  const percent = Math.round(progress * 100);
  const underWay = stored === undefined && problem === undefined;
  return (
    <li
      className={cn(
        "relative flex h-9 max-w-64 items-center gap-2 overflow-hidden rounded-md border ps-1.5 text-xs",
        problem ? "border-red-line bg-red-soft text-red-ink" : "border-line bg-sunken",
      )}
    >
      {picture ? (
        // biome-ignore lint/performance/noImgElement: a file of this very browser, or of our own API.
        <img src={picture} alt="" className="size-6 shrink-0 rounded-sm object-cover" />
      ) : (
        <FileText className="mx-0.5 size-4 shrink-0 text-ink-3" aria-hidden />
      )}
      <span className="min-w-0">
        <span dir="auto" className="block truncate">
          {name}
        </span>
        {problem ? (
          <span role="alert" className="flex items-center gap-1 truncate text-2xs">
            <CircleAlert className="size-3 shrink-0" aria-hidden />
            {problem}
          </span>
        ) : undefined}
      </span>
      {underWay ? <span className="shrink-0 text-2xs text-ink-3 tabular-nums">{percent}%</span> : undefined}
      <IconButton
        size="sm"
        label={underWay ? `Stop ${name}` : `Leave out ${name}`}
        icon={<X aria-hidden />}
        onClick={onRemove}
      />
      {underWay ? (
        <span
          role="progressbar"
          aria-label={`${name} is uploading`}
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
          className="absolute inset-x-0 bottom-0 h-0.5 bg-line"
        >
          <span
            className="block h-full bg-accent transition-[width] duration-150"
            style={{ width: `${percent}%` }}
          />
        </span>
      ) : undefined}
    </li>
  );
}
