import { describe, expect, it } from "vitest";
import { createDrafts } from "#components/inbox/composer/drafts.ts";
import { handTimers } from "#support/hand-timers";

function harness(texts = new Map<string, string>()) {
  const clock = handTimers(Date.parse("2026-11-20T12:00:00Z"));
  const told: { kind: string; text: string; clientId: string }[] = [];
  let ids = 0;
  const drafts = createDrafts({
    prefix: "d.",
    keep: {
      getItem: (key) => texts.get(key) ?? null,
      setItem: (key, value) => void texts.set(key, value),
      removeItem: (key) => void texts.delete(key),
    },
    put: (_, draft) => told.push(draft),
    newId: () => `id${++ids}`,
    timers: clock.timers,
  });
  const remote = (text: string, updatedAt: string) =>
    drafts.adopt([{ conversationId: "c", kind: "reply", text, updatedAt }]);
  return { drafts, clock, told, texts, remote, text: () => drafts.get("c", "reply")?.text };
}

describe("words not sent yet", () => {
  it("are found again after a reload, and say that they are old", () => {
    const { drafts, texts } = harness();
    drafts.set("c", "reply", "Half a thought");
    expect(drafts.get("c", "reply")?.restored).toBe(false);
    expect(harness(texts).drafts.get("c", "reply")).toMatchObject({ text: "Half a thought", restored: true });
  });

  it("are told to the server once the writer pauses, under the id they will be sent with", async () => {
    const { drafts, clock, told } = harness();
    drafts.set("c", "reply", "H");
    drafts.set("c", "reply", "Hello");
    await clock.pass(799);
    expect(told).toEqual([]);
    await clock.pass(1);
    expect(told).toEqual([{ kind: "reply", text: "Hello", clientId: "id1" }]);
    expect(drafts.take("c", "reply")).toBe("id1");
  });

  it("are not told any more once they were sent, and the next ones go under another id", async () => {
    const { drafts, clock, told, text } = harness();
    drafts.set("c", "reply", "Hello");
    drafts.take("c", "reply");
    await clock.pass(5_000);
    expect(told).toEqual([]);
    expect(text()).toBeUndefined();
    drafts.set("c", "reply", "Next");
    expect(drafts.take("c", "reply")).toBe("id2");
  });

  it("come from another browser where nothing was written here", () => {
    const { remote, text, drafts } = harness();
    remote("From my phone", "2026-11-20T11:00:00.000Z");
    expect(text()).toBe("From my phone");
    expect(drafts.get("c", "reply")?.restored).toBe(true);
  });

  it("are never replaced from elsewhere while they are written, whatever the clocks say", () => {
    const { drafts, remote, text } = harness();
    drafts.set("c", "reply", "What I write now");
    remote("What I wrote", "2026-11-20T13:00:00.000Z");
    expect(text()).toBe("What I write now");
  });

  it("do not come back once they were sent, though the server still has them", () => {
    const { drafts, remote, text } = harness();
    drafts.set("c", "reply", "Hello");
    drafts.take("c", "reply");
    remote("Hello", "2026-11-20T12:00:01.000Z");
    expect(text()).toBeUndefined();
  });

  it("are told at once when the window is about to close", () => {
    const { drafts, told } = harness();
    drafts.set("c", "note", "For Anna");
    drafts.flush();
    expect(told).toEqual([{ kind: "note", text: "For Anna", clientId: "id1" }]);
  });

  it("are told as empty when they were deleted", async () => {
    const { drafts, clock, told } = harness();
    drafts.set("c", "reply", "Hello");
    drafts.set("c", "reply", "");
    await clock.pass(800);
    expect(told.at(-1)?.text).toBe("");
  });
});
