import type { Attachment } from "#contracts/conversation";
import { Icon } from "./icons.tsx";
import { sizeOf } from "./text/words.ts";

/** A file on its way up. */
export type PendingFile = {
  key: string;
  name: string;
  size: number;
  share: number;
  cancel: () => void;
  attachment?: Attachment;
};

/** The files that will go with the next message. */
export function Pending({ files, onRemove }: { files: PendingFile[]; onRemove: (key: string) => void }) {
  if (files.length === 0) return null;
  return (
    <ul class="pending" aria-label="Files to send">
      {files.map(({ key, name, size, share, attachment }) => (
        <li key={key} class="pending-file">
          <Icon name="file" size={18} />
          <span class="file-name">
            <span class="ellipsis" dir="auto">
              {name}
            </span>
            <small>{attachment ? sizeOf(size) : `${Math.round(share * 100)}% of ${sizeOf(size)}`}</small>
          </span>
          {!attachment && <progress max={1} value={share} aria-label={`Uploading ${name}`} />}
          <button
            type="button"
            class="icon-button small"
            aria-label={attachment ? `Remove ${name}` : `Cancel ${name}`}
            onClick={() => onRemove(key)}
          >
            <Icon name="close" size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}
