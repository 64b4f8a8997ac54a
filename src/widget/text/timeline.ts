import type { OutboxEntry } from "#client/outbox";
import type { MessageView } from "#contracts/conversation";
import { dayOf } from "./words.ts";

/** What a bubble shows: a message of the log, or one that is still on its way. */
export type Bubble = { key: string; message: MessageView; entry?: OutboxEntry };

export type TimelineItem =
  | { kind: "day"; key: string; label: string }
  | { kind: "notice"; key: string; message: MessageView }
  | { kind: "group"; key: string; author: MessageView["author"]; bubbles: Bubble[] };

const together = 5 * 60_000;

/** Lays the log and the outbox out as days, system lines and groups of one voice. */
export function timeline(
  messages: readonly MessageView[],
  outbox: readonly OutboxEntry[],
  now: number,
): TimelineItem[] {
  const known = new Set(messages.map(({ clientId }) => clientId));
  const onTheWay = outbox.filter(({ clientId }) => !known.has(clientId));
  const bubbles: Bubble[] = [
    ...messages.map((message) => ({ key: message.clientId ?? message.id, message })),
    ...onTheWay.map((entry) => ({ key: entry.clientId, message: messageOf(entry), entry })),
  ];
  const items: TimelineItem[] = [];
  let day = "";
  for (const bubble of bubbles) {
    const { message, key } = bubble;
    const label = dayOf(message.createdAt, now);
    if (label !== day) {
      day = label;
      items.push({ kind: "day", key: `day-${label}`, label });
    }
    if (message.author.kind === "system") {
      items.push({ kind: "notice", key, message });
      continue;
    }
    const last = items.at(-1);
    if (last?.kind === "group" && belongs(last.bubbles, message)) last.bubbles.push(bubble);
    else items.push({ kind: "group", key: `group-${key}`, author: message.author, bubbles: [bubble] });
  }
  return items;
}

function belongs(bubbles: Bubble[], message: MessageView): boolean {
  const before = bubbles.at(-1)?.message;
  if (before === undefined) return false;
  const { author, createdAt } = before;
  const sameVoice = author.kind === message.author.kind && author.id === message.author.id;
  return sameVoice && Math.abs(Date.parse(message.createdAt) - Date.parse(createdAt)) < together;
}

function messageOf(entry: OutboxEntry): MessageView {
  const { clientId, text, createdAt, replyTo, attachments } = entry;
  return {
    id: clientId,
    conversationId: "",
    seq: Number.MAX_SAFE_INTEGER,
    author: { kind: "customer" },
    text,
    audience: "all",
    clientId,
    createdAt,
    ...(replyTo !== undefined && { replyTo }),
    ...(attachments !== undefined && { attachments }),
  };
}
