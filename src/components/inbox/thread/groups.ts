import { type Before, type PlacedCall, placeCalls } from "#components/inbox/calls/place-calls.ts";
import type { CallView } from "#contracts/calls";
import type { MessageView } from "#contracts/conversation";

/** Messages that one voice wrote in one go, a line of the system, a phone call, or the beginning of a day. */
export type Group =
  | { kind: "day"; key: string; moment: string }
  | { kind: "system"; key: string; message: MessageView }
  | (PlacedCall & { key: string })
  | { kind: "voice"; key: string; voice: Voice; messages: MessageView[] };

export type Voice = {
  kind: "customer" | "agent" | "operator";
  id?: string | undefined;
  name?: string | undefined;
  note: boolean;
  /** A word of somebody who watches to whoever has the conversation. */
  whisper?: boolean;
};

const together = 5 * 60_000;

/** Cuts a log into what is drawn together. */
export function groupMessages(
  messages: MessageView[],
  calls: CallView[] = [],
  before: Before = "nothing",
): Group[] {
  const groups: Group[] = [];
  let day = "";
  for (const entry of placeCalls(messages, calls, before)) {
    const moment = entry.kind === "call" ? entry.call.startedAt : entry.message.createdAt;
    const date = new Date(moment).toDateString();
    if (date !== day) {
      day = date;
      groups.push({ kind: "day", key: `day:${date}:${groups.length}`, moment });
    }
    if (entry.kind === "call") groups.push({ ...entry, key: `call:${entry.call.id}` });
    else add(groups, entry.message);
  }
  return groups;
}

function add(groups: Group[], message: MessageView) {
  const { kind, id, name } = message.author;
  if (kind === "system") {
    groups.push({ kind: "system", key: message.id, message });
    return;
  }
  const whisper = message.data?.kind === "whisper";
  const voice: Voice = { kind, id, name, note: message.audience === "operators", whisper };
  const last = groups.at(-1);
  if (last?.kind === "voice" && sameVoice(last.voice, voice) && soonAfter(last.messages.at(-1), message)) {
    last.messages.push(message);
    return;
  }
  groups.push({ kind: "voice", key: message.id, voice, messages: [message] });
}

function sameVoice(a: Voice, b: Voice): boolean {
  return (
    a.kind === b.kind && a.note === b.note && a.whisper === b.whisper && (a.kind === "agent" || a.id === b.id)
  );
}

function soonAfter(before: MessageView | undefined, message: MessageView): boolean {
  return before !== undefined && Date.parse(message.createdAt) - Date.parse(before.createdAt) < together;
}
