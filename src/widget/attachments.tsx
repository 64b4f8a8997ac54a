import { untracked, useSignal, useSignalEffect } from "@preact/signals";
import type { Attachment } from "#contracts/conversation";
import type { Chat } from "./chat/store.ts";
import { Icon } from "./icons.tsx";
import { sizeOf } from "./text/words.ts";

/** The files of a message; they are fetched with the session's right and shown from memory. */
export function Attachments({ chat, attachments }: { chat: Chat; attachments: Attachment[] }) {
  return (
    <ul class="attachments" aria-label="Attachments">
      {attachments.map((attachment) => (
        <li key={attachment.id}>
          <File chat={chat} attachment={attachment} />
        </li>
      ))}
    </ul>
  );
}

function File({ chat, attachment }: { chat: Chat; attachment: Attachment }) {
  const { name, mediaType, size, width, height } = attachment;
  const picture = mediaType.startsWith("image/") && mediaType !== "image/svg+xml";
  const address = useSignal<string | undefined>(undefined);
  const failed = useSignal(false);

  async function fetchIt(): Promise<string | undefined> {
    if (address.value) return address.value;
    try {
      failed.value = false;
      address.value = URL.createObjectURL(await chat.fetchAttachment(attachment));
    } catch {
      failed.value = true;
    }
    return address.value;
  }

  useSignalEffect(() => {
    if (picture) untracked(() => fetchIt());
    return () => {
      const shown = address.peek();
      if (shown) URL.revokeObjectURL(shown);
    };
  });

  async function save() {
    const href = await fetchIt();
    if (href === undefined) return;
    const link = document.createElement("a");
    link.href = href;
    link.download = name;
    link.click();
  }

  if (picture && !failed.value) {
    const ratio = width && height ? `${width} / ${height}` : undefined;
    return (
      <button type="button" class="thumbnail" aria-label={`Save ${name}`} title={name} onClick={save}>
        {address.value ? (
          // biome-ignore lint/performance/noImgElement: there is no Next in this window
          <img src={address.value} alt={name} style={ratio ? { aspectRatio: ratio } : undefined} />
        ) : (
          <span class="thumbnail-wait" style={{ aspectRatio: ratio ?? "4 / 3" }} />
        )}
      </button>
    );
  }
  return (
    <button type="button" class="file" onClick={save}>
      <Icon name="file" />
      <span class="file-name">
        <span class="ellipsis" dir="auto">
          {name}
        </span>
        <small>{failed.value ? "Could not be loaded. Try again" : sizeOf(size)}</small>
      </span>
      <Icon name="download" size={16} />
    </button>
  );
}
