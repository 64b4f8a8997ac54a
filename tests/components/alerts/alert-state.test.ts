import { describe, expect, it } from "vitest";
import {
  mayHaveUnread,
  noAlerts,
  total,
  withEvent,
  withPage,
  withRead,
} from "#components/alerts/alert-state.ts";
import { titled } from "#components/alerts/use-count-in-title.ts";
import type { AlertView } from "#contracts/notifications";

const conversationId = "0197a000-0000-7000-8000-000000000001";
const other = "0197a000-0000-7000-8000-000000000002";

function anAlert(change: Partial<AlertView> = {}): AlertView {
  const id = crypto.randomUUID();
  return {
    id,
    kind: "message",
    conversationId,
    customer: "Kim",
    count: 1,
    at: "2026-11-10T10:00:00Z",
    read: false,
    ...change,
  };
}

const unread = (mine: number, queue = 0) => ({ queue, mine, mentions: 0, sla: 0 });
const ready = (alerts: AlertView[], counted: ReturnType<typeof unread>, next?: string) =>
  withPage(noAlerts, { alerts, unread: counted, next }, true);

describe("what a window knows of alerts", () => {
  it("moves an alert up that counts once more, and counts as the server does", () => {
    const [first, second] = [anAlert(), anAlert({ conversationId: other })];
    const again = { ...second, count: 2 };
    const state = withEvent(ready([first, second], unread(2)), {
      type: "alert",
      conversationId: other,
      alert: again,
      unread: unread(2),
    });
    expect(state.alerts).toEqual([again, first]);
    expect(total(state.unread)).toBe(2);
  });

  it("clears in this window what was read in another", () => {
    const [first, second] = [anAlert(), anAlert({ conversationId: other })];
    const state = ready([first, second], unread(2));
    const one = withEvent(state, { type: "alerts_read", ids: [first.id], unread: unread(1) });
    expect(one.alerts.map(({ read }) => read)).toEqual([true, false]);
    const all = withEvent(one, { type: "alerts_read", unread: unread(0) });
    expect(all.alerts.every(({ read }) => read)).toBe(true);
  });

  it("clears a conversation at once, before the server has answered", () => {
    const state = ready(
      [anAlert(), anAlert({ kind: "escalation" }), anAlert({ conversationId: other })],
      unread(2, 1),
    );
    const after = withRead(state, { what: "conversation", conversationId });
    expect(after.unread).toEqual(unread(1, 0));
    expect(after.alerts.map(({ read }) => read)).toEqual([true, true, false]);
  });

  it("says that there may be more where not all was fetched", () => {
    const elsewhere = anAlert({ conversationId: other });
    expect(mayHaveUnread(ready([elsewhere], unread(1)), conversationId)).toBe(false);
    expect(mayHaveUnread(ready([elsewhere], unread(5), "more"), conversationId)).toBe(true);
    expect(mayHaveUnread(ready([anAlert()], unread(1)), conversationId)).toBe(true);
  });

  it("adds older pages below, each alert once", () => {
    const [first, second, third] = [anAlert(), anAlert(), anAlert()];
    const state = withPage(
      ready([first, second], unread(3), "a"),
      { alerts: [second, third], unread: unread(3) },
      false,
    );
    expect(state.alerts).toEqual([first, second, third]);
    expect(state.next).toBeUndefined();
  });

  it("stays the same object where an event says nothing of alerts", () => {
    const state = ready([anAlert()], unread(1));
    expect(
      withEvent(state, { type: "read", conversationId, receipts: { customerRead: 1, operatorRead: 1 } }),
    ).toBe(state);
  });
});

it("shows the number before the title, in place of the one before", () => {
  expect(titled("Mine · Baton", 2)).toBe("(2) Mine · Baton");
  expect(titled("(2) Mine · Baton", 120)).toBe("(99+) Mine · Baton");
  expect(titled("(99+) Mine · Baton", 0)).toBe("Mine · Baton");
});
