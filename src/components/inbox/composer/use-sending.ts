"use client";

import { useQueryClient } from "@tanstack/react-query";
import { changeRow } from "#components/inbox/data/optimistic.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { type Along, type Audience, outboxOf } from "#components/inbox/outboxes.ts";
import { closed } from "#components/inbox/row-changes.ts";
import { readStored } from "#components/inbox/use-stored.ts";
import type { Attachment } from "#contracts/conversation";
import type { ConversationRow } from "#contracts/operator";
import { showHeld } from "./held-toast.tsx";
import { holdFor, holdOf } from "./hold.ts";
import type { Mode } from "./mode.ts";
import { takeBack, whenTakenBack } from "./take-back.ts";

export type Words = { clientId: string; text: string; attachments: Attachment[]; along: Along };

const audiences: Record<Mode, Audience> = { reply: "all", note: "operators", whisper: "whisper" };

/** Lets words go: a reply after the seconds in which it can be taken back, a note at once. */
export function useSending(row: ConversationRow, mode: Mode) {
  const { me, open } = useInbox();
  const client = useQueryClient();
  const { id: conversationId, customer } = row;

  return ({ clientId, text, attachments, along }: Words) => {
    const draft = { text, along, ...(attachments.length > 0 ? { attachments } : {}) };
    const reopen = along.thenResolve ? changeRow(client, conversationId, closed, me.id) : undefined;
    if (mode !== "reply" || !readStored("hold", true)) {
      outboxOf(me.id, conversationId, audiences[mode]).add(draft, clientId);
      return;
    }
    const held = holdOf(me.id).add({ ...draft, clientId, conversationId, customer: customer.name }, holdFor);
    if (reopen) whenTakenBack(clientId, reopen);
    showHeld({
      me: me.id,
      held,
      onTakeBack: () => {
        if (takeBack(me.id, clientId)) open(conversationId);
      },
    });
  };
}
