import { type Signal, untracked, useSignal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Attachment, MessageView } from "#contracts/conversation";
import type { Chat } from "./chat/store.ts";
import { acceptedTypes, refusalOf } from "./chat/uploads.ts";
import { Icon } from "./icons.tsx";
import { Pending, type PendingFile } from "./pending.tsx";
import { spoken } from "./text/words.ts";

type ComposerProps = {
  chat: Chat;
  replyTo: Signal<MessageView | undefined>;
  dropped: Signal<File[]>;
  full: boolean;
};

const longest = 8_000;

/** Where the customer writes: Enter sends, Shift and Enter begin a new line. */
export function Composer({ chat, replyTo, dropped, full }: ComposerProps) {
  const { drafts, shown } = chat.topics;
  const text = useSignal(drafts.get(shown.peek()) ?? "");
  const files = useSignal<PendingFile[]>([]);
  const problem = useSignal("");
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const running = chat.conversation.value?.run !== undefined;
  const uploading = files.value.some(({ attachment }) => attachment === undefined);
  const ready = files.value.flatMap(({ attachment }) => attachment ?? []);
  const sendable = !uploading && (text.value.trim() !== "" || ready.length > 0);

  useSignalEffect(() => {
    if (chat.visible.value && !full) area.current?.focus();
  });
  useSignalEffect(() => {
    if (replyTo.value) area.current?.focus();
  });
  useSignalEffect(() => {
    if (dropped.value.length === 0) return;
    untracked(() => take(dropped.value));
    dropped.value = [];
  });

  function write(words: string) {
    text.value = words;
    drafts.set(shown.peek(), words);
  }

  function refit() {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, 144)}px`;
  }

  function change(key: string, part: Partial<PendingFile>) {
    files.value = files.value.map((file) => (file.key === key ? { ...file, ...part } : file));
  }

  function remove(key: string) {
    files.value.find((file) => file.key === key)?.cancel();
    files.value = files.value.filter((file) => file.key !== key);
  }

  async function take(chosen: File[]) {
    problem.value = "";
    for (const file of chosen.slice(0, 10 - files.value.length)) {
      const refusal = refusalOf(file);
      if (refusal !== undefined) {
        problem.value = refusal;
        continue;
      }
      const key = crypto.randomUUID();
      files.value = [
        ...files.value,
        { key, name: file.name, size: file.size, share: 0, cancel: () => undefined },
      ];
      try {
        const { done, cancel } = chat.upload(file, (share) => change(key, { share }));
        change(key, { cancel });
        change(key, { attachment: await done, share: 1 });
      } catch (error) {
        const known = files.value.some((pending) => pending.key === key);
        files.value = files.value.filter((pending) => pending.key !== key);
        if (known) problem.value = error instanceof Error ? error.message : "The file could not be sent.";
      }
    }
  }

  function send() {
    if (!sendable) return;
    const attachments: Attachment[] = ready;
    chat.send({
      // A message has words; files alone are called by their names.
      text: text.value.trim() || attachments.map(({ name }) => name).join(", "),
      ...(replyTo.value && { replyTo: replyTo.value.id }),
      ...(attachments.length > 0 && { attachments }),
    });
    write("");
    files.value = [];
    replyTo.value = undefined;
    problem.value = "";
    chat.typing(false);
    requestAnimationFrame(refit);
    area.current?.focus();
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {replyTo.value && (
        <div class="replying">
          <Icon name="reply" size={16} />
          <span class="ellipsis" dir="auto">
            {spoken(replyTo.value.text).slice(0, 120)}
          </span>
          <button
            type="button"
            class="icon-button small"
            aria-label="Do not reply to this message"
            onClick={() => {
              replyTo.value = undefined;
            }}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      )}
      <Pending files={files.value} onRemove={remove} />
      {problem.value && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
      <div class="field">
        <button
          type="button"
          class="icon-button"
          aria-label="Attach a file"
          title="Attach a file"
          onClick={() => picker.current?.click()}
        >
          <Icon name="attach" />
        </button>
        <input
          ref={picker}
          type="file"
          hidden
          multiple
          accept={acceptedTypes.join(",")}
          onChange={(event) => {
            take([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
        <textarea
          ref={area}
          rows={1}
          dir="auto"
          maxLength={longest}
          aria-label="Message"
          placeholder="Write a message…"
          enterkeyhint="send"
          value={text.value}
          onInput={(event) => {
            write(event.currentTarget.value);
            refit();
            chat.typing(text.value.trim() !== "");
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])];
            if (pasted.length === 0) return;
            event.preventDefault();
            take(pasted);
          }}
        />
        {running && !sendable ? (
          <button
            type="button"
            class="send stop"
            aria-label="Stop answering"
            title="Stop"
            onClick={chat.stop}
          >
            <Icon name="stop" />
          </button>
        ) : (
          <button type="submit" class="send" aria-label="Send" title="Send" disabled={!sendable}>
            <Icon name="send" />
          </button>
        )}
      </div>
    </form>
  );
}
