import { describe, expect, it } from "vitest";
import { createHold, type Held, type Shelf } from "#components/inbox/composer/held.ts";
import { handTimers } from "#support/hand-timers";

function shelf(): Shelf & { kept: Map<string, Held> } {
  const kept = new Map<string, Held>();
  return {
    kept,
    read: () => [...kept.values()],
    put: (held) => Boolean(kept.set(held.clientId, held)),
    has: (clientId) => kept.has(clientId),
    remove: (clientId) => void kept.delete(clientId),
  };
}

function harness(on = shelf()) {
  const clock = handTimers();
  const gone: string[] = [];
  const hold = createHold({ shelf: on, release: ({ text }) => gone.push(text), timers: clock.timers });
  const add = (clientId: string) =>
    hold.add({ clientId, conversationId: "c", customer: "Maria", text: clientId }, 5_000);
  return { hold, clock, gone, add, on };
}

describe("a reply that can be taken back", () => {
  it("leaves after its seconds, and not before", async () => {
    const { clock, gone, add, hold } = harness();
    add("one");
    await clock.pass(4_999);
    expect(gone).toEqual([]);
    expect(hold.entries()).toHaveLength(1);
    await clock.pass(1);
    expect(gone).toEqual(["one"]);
    expect(hold.entries()).toEqual([]);
  });

  it("never leaves once it was taken back", async () => {
    const { clock, gone, add, hold } = harness();
    add("one");
    expect(hold.undo("one")?.text).toBe("one");
    await clock.pass(60_000);
    expect(gone).toEqual([]);
    expect(hold.undo("one")).toBeUndefined();
  });

  it("leaves once when it is sent at once, however long one waits then", async () => {
    const { clock, gone, add, hold } = harness();
    add("one");
    hold.release("one");
    await clock.pass(60_000);
    expect(gone).toEqual(["one"]);
  });

  it("leaves with all others, in their order, when the window closes", () => {
    const { gone, add, hold } = harness();
    add("one");
    add("two");
    hold.releaseAll();
    expect(gone).toEqual(["one", "two"]);
  });

  it("goes on waiting after a crash, and leaves at once where its time is over", async () => {
    const on = shelf();
    const entry = { clientId: "old", conversationId: "c", customer: "Maria", text: "old", createdAt: "" };
    on.put({ ...entry, leavesAt: 900_000 });
    on.put({ ...entry, clientId: "young", text: "young", leavesAt: 1_003_000 });
    const { clock, gone } = harness(on);
    await clock.pass(0);
    expect(gone).toEqual(["old"]);
    await clock.pass(3_000);
    expect(gone).toEqual(["old", "young"]);
    expect(on.kept.size).toBe(0);
  });

  it("stays when another window of the same writer has taken it back", async () => {
    const { clock, gone, add, on } = harness();
    add("one");
    on.remove("one");
    await clock.pass(5_000);
    expect(gone).toEqual([]);
  });

  it("leaves all the same where the browser keeps nothing", async () => {
    const { clock, gone, add } = harness({ ...shelf(), put: () => false, has: () => false });
    add("one");
    await clock.pass(5_000);
    expect(gone).toEqual(["one"]);
  });
});
