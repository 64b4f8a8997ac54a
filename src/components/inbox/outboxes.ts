"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { z } from "zod";
import { createOutbox, type Outbox, type OutboxEntry } from "#client/outbox";
import { asWireError, isPassing } from "#client/wire-error";
import type { SentMessage } from "#contracts/chat";
import { MessageView } from "#contracts/conversation";
import { OperatorSendBody } from "#contracts/operator";
import { newClientId } from "./client-id.ts";
import { api } from "./data/api.ts";
import { desk } from "./data/desk-api.ts";

const audiences = ["all", "operators", "whisper"] as const;
export type Audience = (typeof audiences)[number];

/** What a message takes along beside its words. */
const Along = OperatorSendBody.pick({
  template: true,
  choices: true,
  data: true,
  seenHead: true,
  sendAnyway: true,
  thenResolve: true,
  suggestionId: true,
}).extend({ mentions: z.array(z.string()).optional() });
export type Along = z.input<typeof Along>;

const prefix = "baton.outbox.";
const boxes = new Map<string, Outbox>();
const none: readonly OutboxEntry[] = [];

type Delivered = { entry: OutboxEntry; sent: SentMessage; audience: Audience };
let tellSending: (clientId: string) => void = () => {};
let tellDelivered: (conversationId: string, delivered: Delivered) => void = () => {};
let tellRefused: (conversationId: string, entry: OutboxEntry, words: string) => void = () => {};

/** Hears of each message that is on its way. */
export function onSending(listener: typeof tellSending) {
  tellSending = listener;
}

/** Hears of each message that the server took, before it leaves its outbox. */
export function onDelivered(listener: typeof tellDelivered) {
  tellDelivered = listener;
}

/** Hears of each message that the server did not take, with its reason. */
export function onRefused(listener: typeof tellRefused) {
  tellRefused = listener;
}

/** What is on its way to a conversation: it goes on also while another one is open. */
export function outboxOf(me: string, conversationId: string, audience: Audience): Outbox {
  const key = `${prefix}${me}.${conversationId}.${audience}`;
  const known = boxes.get(key);
  if (known) return known;

  const made = createOutbox({
    key,
    keep: localStorage,
    newId: newClientId,
    onSent: (entry, sent) => tellDelivered(conversationId, { entry, sent, audience }),
    send: async (entry) => {
      tellSending(entry.clientId);
      try {
        return await deliver(conversationId, entry, audience);
      } catch (error) {
        rememberNewer(entry.clientId, error);
        if (!isPassing(error)) tellRefused(conversationId, entry, asWireError(error).message);
        throw error;
      }
    },
  });
  boxes.set(key, made);
  made.flush();
  return made;
}

function deliver(conversationId: string, entry: OutboxEntry, audience: Audience): Promise<SentMessage> {
  const { clientId, text, attachments, along } = entry;
  if (audience === "whisper") return desk.whisper(conversationId, { clientId, text });
  return api.send(conversationId, {
    ...Along.safeParse(along).data,
    clientId,
    text,
    audience,
    ...(attachments ? { attachments: attachments.map(({ id }) => id) } : {}),
  });
}

const Newer = z.object({ newer: MessageView });
const newer = new Map<string, MessageView>();

/** Somebody else's reply for which a message was not sent. */
export function newerThan(clientId: string): MessageView | undefined {
  return newer.get(clientId);
}

function rememberNewer(clientId: string, error: unknown) {
  const told = Newer.safeParse(asWireError(error).details);
  if (told.success) newer.set(clientId, told.data.newer);
}

/** Sends a message past the newer reply for which it was refused. */
export function sendAnyway(box: Outbox, entry: OutboxEntry) {
  const { clientId, createdAt, state, attempts, error, along, ...draft } = entry;
  box.drop(clientId);
  newer.delete(clientId);
  box.add({ ...draft, along: { ...Along.safeParse(along).data, sendAnyway: true } }, clientId);
}

/** Opens every outbox that still held something when this browser was closed. */
export function reviveOutboxes(me: string) {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(`${prefix}${me}.`)) continue;
    const [conversationId, told] = key.slice(prefix.length + me.length + 1).split(".");
    const audience = audiences.find((each) => each === told);
    if (conversationId && audience) outboxOf(me, conversationId, audience);
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
