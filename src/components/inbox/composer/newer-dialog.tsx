"use client";

import { clock } from "#components/inbox/times.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Markdown } from "#components/ui/markdown.tsx";
import type { MessageView } from "#contracts/conversation";

type Props = { message: MessageView; onSend: () => void; onClose: () => void };

/** Asks before a reply is sent past one that somebody else gave meanwhile. */
export function NewerDialog({ message, onSend, onClose }: Props) {
  const { author, text, createdAt } = message;
  const name = author.name ?? (author.kind === "agent" ? "The assistant" : "A colleague");
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        <>
          <bdi>{name}</bdi> has replied meanwhile
        </>
      }
      description="The customer would get both answers."
      footer={
        <>
          <Button onClick={onClose}>Keep editing</Button>
          <Button
            variant="primary"
            onClick={() => {
              onClose();
              onSend();
            }}
          >
            Send anyway
          </Button>
        </>
      }
    >
      <blockquote className="max-h-60 overflow-y-auto rounded-lg border border-line bg-sunken px-3 py-2 text-sm">
        <p className="mb-1 text-2xs text-ink-3">
          <bdi className="font-medium text-ink-2">{name}</bdi>, {clock(createdAt)}
        </p>
        <Markdown text={text} />
      </blockquote>
    </Dialog>
  );
}
