import type { CallView } from "#contracts/calls";
import type { MessageView } from "#contracts/conversation";

/** A message, or a call with the words that were spoken in it. */
export type Entry = { kind: "message"; message: MessageView } | PlacedCall;
export type PlacedCall = { kind: "call"; call: CallView; turns: MessageView[] };

/** What stands before the first message shown: nothing, or what is not loaded yet. */
export type Before = "nothing" | "more";

/** Puts calls among messages, each where the log first tells of it, with its own words under it. */
export function placeCalls(messages: MessageView[], calls: CallView[], before: Before): Entry[] {
  const known = new Map<string, PlacedCall>(
    calls.map((call) => [call.id, { kind: "call", call, turns: [] }]),
  );
  const placed: { seq: number; entry: Entry }[] = [];
  for (const message of messages) {
    const call = message.data?.kind === "spoken" ? known.get(message.data.callId) : undefined;
    if (call) call.turns.push(message);
    else placed.push({ seq: message.seq, entry: { kind: "message", message } });
  }

  const first = before === "nothing" ? 0 : (messages[0]?.seq ?? Number.POSITIVE_INFINITY);
  for (const entry of known.values()) {
    // A call that began before what is loaded stands at the first of its words that is.
    const seq = entry.call.seq >= first ? entry.call.seq : entry.turns[0]?.seq;
    if (seq !== undefined) placed.push({ seq, entry });
  }
  return placed.sort((a, b) => a.seq - b.seq).map(({ entry }) => entry);
}
