import { describe, expect, it } from "vitest";
import { WireError } from "#client/wire-error";
import { callIn, liveAfter } from "#components/inbox/calls/call-after.ts";
import { duration, endWords, lasted, liveWords } from "#components/inbox/calls/call-words.ts";
import { placeCalls } from "#components/inbox/calls/place-calls.ts";
import { refusalIn, refusalOf } from "#components/inbox/calls/refusal.ts";
import { applyToThread, threadOf } from "#components/inbox/data/thread.ts";
import { groupMessages } from "#components/inbox/thread/groups.ts";
import type { CallView } from "#contracts/calls";
import type { MessageView } from "#contracts/conversation";
import { conversations } from "#support/inbox-data";
import { idOf } from "#support/inbox-ids";

const now = Date.parse("2026-11-26T10:00:00Z");

function aCall(part: Partial<CallView> = {}): CallView {
  return {
    id: idOf(1),
    conversationId: idOf(90),
    leadId: idOf(91),
    seq: 3,
    direction: "inbound",
    status: "completed",
    startedAt: "2026-11-26T09:00:00Z",
    ...part,
  };
}

function said(seq: number, callId?: string): MessageView {
  return {
    id: idOf(100 + seq),
    conversationId: idOf(90),
    seq,
    author: { kind: "customer" },
    text: `No. ${seq}`,
    audience: "all",
    createdAt: "2026-11-26T09:00:00Z",
    ...(callId ? { data: { kind: "spoken", callId } } : {}),
  };
}

const shape = (entries: ReturnType<typeof placeCalls>) =>
  entries.map((entry) => (entry.kind === "call" ? entry.turns.map(({ seq }) => seq) : entry.message.seq));

describe("calls among messages", () => {
  it("stand where the log first tells of them, with their own words under them", () => {
    const messages = [said(1), said(2), said(5, idOf(1)), said(6), said(7, idOf(1))];
    expect(shape(placeCalls(messages, [aCall()], "nothing"))).toEqual([1, 2, [5, 7], 6]);
  });

  it("stand at the first of their words that is loaded, where they began before it", () => {
    const messages = [said(5, idOf(1)), said(6)];
    expect(shape(placeCalls(messages, [aCall()], "more"))).toEqual([[5], 6]);
  });

  it("are left out while what surrounds them is not loaded", () => {
    expect(shape(placeCalls([said(6)], [aCall()], "more"))).toEqual([6]);
    expect(shape(placeCalls([said(6)], [aCall()], "nothing"))).toEqual([[], 6]);
  });

  it("leave words of a call that is not known among the messages", () => {
    expect(shape(placeCalls([said(5, idOf(9))], [], "nothing"))).toEqual([5]);
  });

  it("part what one voice says in one go", () => {
    const groups = groupMessages([said(1), said(4)], [aCall()]);
    expect(groups.map(({ kind }) => kind)).toEqual(["day", "voice", "call", "voice"]);
  });
});

describe("a call that is told of", () => {
  it("takes the place of what was known of it, and never goes back", () => {
    const ringing = aCall({ status: "ringing" });
    const ended = aCall({ durationSeconds: 12 });
    expect(callIn([ringing], { call: ended })).toEqual([ended]);
    expect(callIn([ended], { call: ringing })).toEqual([ended]);
  });

  it("goes on until its own end is told", () => {
    const live = liveAfter(undefined, aCall({ status: "in_progress" }));
    expect(live).toMatchObject({ id: idOf(1), status: "in_progress" });
    expect(liveAfter(live, aCall({ id: idOf(2) }))).toBe(live);
    expect(liveAfter(live, aCall())).toBeUndefined();
  });

  it("is told in words", () => {
    expect(liveWords(aCall({ status: "in_progress" }), "Nori")).toBe("On the phone with Nori");
    expect(liveWords(aCall({ direction: "outbound", status: "ringing" }), "Nori")).toBe("Ringing");
    expect(endWords(aCall({ status: "no_answer" }))?.words).toBe("Missed");
    expect(endWords(aCall({ status: "no_answer", direction: "outbound" }))?.words).toBe("Not answered");
    expect(endWords(aCall())).toBeUndefined();
    expect([7, 75, 3_725].map(duration)).toEqual(["0:07", "1:15", "1:02:05"]);
  });

  it("lasts from the answer on", () => {
    const answered = aCall({ status: "in_progress", answeredAt: "2026-11-26T09:59:00Z" });
    expect(lasted(answered, now)).toBe(60);
    expect(lasted(aCall({ status: "ringing" }), now)).toBeUndefined();
    expect(lasted(aCall({ durationSeconds: 9 }), now)).toBe(9);
  });
});

describe("a conversation whose customer is on the phone", () => {
  it("shows the call, and that it goes on, until it ends", () => {
    const [detail] = conversations(1, now);
    if (!detail) throw new Error("There is no conversation.");
    const conversationId = detail.row.id;
    const { head } = detail.row;
    const told = (seq: number, part: Partial<CallView>) => ({
      type: "call" as const,
      conversationId,
      seq: head + seq,
      call: aCall({ conversationId, seq: head + 1, ...part }),
      change: "progress" as const,
    });
    const live = applyToThread(threadOf(detail, undefined), told(1, { status: "ringing" }), now);
    expect(live).toMatchObject({ calls: [{ status: "ringing" }], row: { liveCall: { status: "ringing" } } });
    const ended = applyToThread(live, told(2, {}), now);
    expect(ended).toMatchObject({ calls: [{ status: "completed" }], row: { head: head + 2 } });
    expect(ended.row.liveCall).toBeUndefined();
    expect(ended.stale).toBeUndefined();
  });
});

describe("a call that may not be made", () => {
  const [first] = conversations(1, now);
  const row = first?.row;
  if (!row) throw new Error("There is no conversation.");

  it("is refused beforehand while one goes on, or a person has the conversation", () => {
    const free = { ...row, state: { ...row.state, state: "ACTIVE" as const, owner: "ai" as const } };
    expect(refusalOf(free, "op-maya")).toBeUndefined();
    const { id, direction, startedAt } = aCall();
    expect(
      refusalOf({ ...free, liveCall: { id, direction, status: "ringing", startedAt } }, "op-maya")?.words,
    ).toMatch(/going on/);
    const operator = { id: "op-anna", name: "Anna Okafor" };
    const held = { ...free, state: { ...free.state, state: "WITH_HUMAN" as const, operator } };
    expect(refusalOf(held, "op-maya")?.words).toMatch(/^Anna Okafor has/);
    expect(refusalOf(held, "op-anna")?.words).toMatch(/^You have/);
  });

  it("says what the server said, and what can be done about it", () => {
    const no = (reason?: string) =>
      refusalIn(new WireError("conflict", "Not now.", { details: reason ? { reason } : undefined }));
    expect(no("consent")).toEqual({ words: "Not now.", remedy: "consent" });
    expect(no("quiet_hours")).toEqual({ words: "Not now.", remedy: "policy" });
    expect(no("human_control")).toEqual({ words: "Not now." });
    expect(no()).toEqual({ words: "Not now." });
  });
});
