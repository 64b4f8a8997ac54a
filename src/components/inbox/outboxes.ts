"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type { z } from "zod";
import { createOutbox, type Outbox, type OutboxEntry } from "#client/outbox";
import type { SentMessage } from "#contracts/chat";
import { OperatorSendBody } from "#contracts/operator";
import { api } from "./data/api.ts";

export type Audience = "all" | "operators";

/** What a message to a platform takes along beside its words. */
const Along = OperatorSendBody.pick({ template: true, choices: true });
export type Along = z.input<typeof Along>;

const prefix = "baton.outbox.";
const boxes = new Map<string, Outbox>();
const none: readonly OutboxEntry[] = [];

type Delivered = { entry: OutboxEntry; sent: SentMessage; audience: Audience };
let tellDelivered: (conversationId: string, delivered: Delivered) => void = () => {};

/** Hears of each message that the server took, before it leaves its outbox. */
export function onDelivered(listener: typeof tellDelivered) {
  tellDelivered = listener;
}

/** What is on its way to a conversation: it goes on also while another one is open. */
export function outboxOf(me: string, conversationId: string, audience: Audience): Outbox {
  const key = `${prefix}${me}.${conversationId}.${audience}`;
  const known = boxes.get(key);
  if (known) return known;

  const made = createOutbox({
    key,
    keep: localStorage,
    newId: clientId,
    onSent: (entry, sent) => tellDelivered(conversationId, { entry, sent, audience }),
    send: ({ clientId: id, text, attachments, along }) =>
      api.send(conversationId, {
        ...Along.safeParse(along).data,
        clientId: id,
        text,
        audience,
        ...(attachments ? { attachments: attachments.map((attachment) => attachment.id) } : {}),
      }),
  });
  boxes.set(key, made);
  made.flush();
  return made;
}

/** Opens every outbox that still held something when this browser was closed. */
export function reviveOutboxes(me: string) {
  for (let index = 0; index < localStorage.length; index++) {
    const key = localStorage.key(index) ?? "";
    if (!key.startsWith(`${prefix}${me}.`)) continue;
    const [conversationId, audience] = key.slice(prefix.length + me.length + 1).split(".");
    if (conversationId && (audience === "all" || audience === "operators")) {
      outboxOf(me, conversationId, audience);
    }
  }
}

/** The way is open again: everything that waits goes now. */
export function flushOutboxes() {
  for (const box of boxes.values()) box.flush();
}

/** One conversation's outbox, with what is in it. */
export function useOutbox(me: string, conversationId: string, audience: Audience) {
  const [box, setBox] = useState<Outbox>();
  useEffect(() => setBox(outboxOf(me, conversationId, audience)), [me, conversationId, audience]);
  const entries = useSyncExternalStore(
    box?.subscribe ?? nothing,
    () => box?.entries() ?? none,
    () => none,
  );
  return { box, entries };
}

const nothing = () => () => {};

/** `crypto.randomUUID` exists on https and localhost only; a small office may use neither. */
function clientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
