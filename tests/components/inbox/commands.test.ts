import { describe, expect, it, vi } from "vitest";
import { bulkWords } from "#components/inbox/bulk/bulk-words.ts";
import { commandsOf, type Doing } from "#components/inbox/commands/commands.ts";
import { conversations } from "#support/inbox-data";
import { idOf } from "#support/inbox-ids";

const all = conversations(9, Date.now()).map(({ row }) => row);
const doing = (given: Partial<Doing>): Doing => {
  const nothing = () => {};
  const anything = new Proxy({}, { get: () => nothing }) as never;
  return {
    row: all[0],
    offered: false,
    me: "op-maya",
    chosen: 0,
    actions: anything,
    bulk: anything,
    held: false,
    undoSend: nothing,
    step: nothing,
    choose: nothing,
    write: nothing,
    open: nothing,
    sort: { by: "usual", set: nothing, turn: nothing },
    show: nothing,
    leave: nothing,
    toggleDetails: nothing,
    showCopilot: nothing,
    ...given,
  };
};

const keysOf = (given: Partial<Doing>) =>
  commandsOf(doing(given)).flatMap(({ bindings = [] }) => bindings.map((key) => key.toLowerCase()));

describe("the table of commands", () => {
  it("gives each key to one command, in every state and whatever is chosen", () => {
    for (const row of [...all, undefined]) {
      for (const chosen of [0, 3]) {
        const keys = keysOf({ row, chosen, held: true, offered: true });
        expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
      }
    }
  });

  it("lets the same keys act on all that are chosen", () => {
    const open = vi.fn();
    const commands = commandsOf(doing({ chosen: 3, open }));
    commands.find(({ bindings }) => bindings?.includes("h"))?.run();
    expect(commands.find(({ bindings }) => bindings?.includes("e"))?.id).toBe("chosen-resolve");
    expect(open).toHaveBeenCalledWith("snooze");
  });

  it("offers a whisper only to who watches a colleague", () => {
    const ofAnna = all.find(({ state }) => state.operator?.id === "op-anna");
    const ofMaya = all.find(({ state }) => state.operator?.id === "op-maya");
    const ids = (row: Doing["row"]) => commandsOf(doing({ row })).map(({ id }) => id);
    expect(ids(ofAnna)).toContain("whisper");
    expect(ids(ofMaya)).not.toContain("whisper");
  });
});

describe("what became of a bulk action", () => {
  const done = (id: number) => ({ conversationId: idOf(id), outcome: "done" as const });
  const failed = (id: number, problem: string) => ({
    conversationId: idOf(id),
    outcome: "failed" as const,
    problem,
  });

  it("is one line where all of it was done", () => {
    expect(bulkWords({ kind: "resolve" }, [done(1), done(2)])).toEqual({
      title: "2 resolved",
      description: undefined,
    });
  });

  it("says how many were not done, and why", () => {
    const words = bulkWords({ kind: "resolve" }, [
      done(1),
      failed(2, "It is closed."),
      failed(3, "It is closed."),
    ]);
    expect(words).toEqual({ title: "1 resolved", description: "2 not: It is closed." });
    expect(bulkWords({ kind: "wake" }, [failed(1, "It is awake.")]).title).toBe("None was woken");
  });
});
