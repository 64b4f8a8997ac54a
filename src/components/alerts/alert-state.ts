import type { InboxEvent } from "#components/inbox/data/events.ts";
import type { AlertPage, AlertView, ReadAlertsBody, UnreadAlerts } from "#contracts/notifications";
import { groupOfAlert } from "#contracts/notifications";

/** What this window knows of what its operator was told. */
export type AlertState = {
  alerts: AlertView[];
  unread: UnreadAlerts;
  /** Where the next page begins; undefined where all is here. */
  next: string | undefined;
  phase: "loading" | "ready" | "failed";
};

export const noAlerts: AlertState = {
  alerts: [],
  unread: { queue: 0, mine: 0, mentions: 0, sla: 0 },
  next: undefined,
  phase: "loading",
};

/** The state after a page was fetched; the first page takes the place of all that was known. */
export function withPage(state: AlertState, page: AlertPage, isFirst: boolean): AlertState {
  const known = new Set(page.alerts.map(({ id }) => id));
  const before = isFirst ? [] : state.alerts.filter(({ id }) => !known.has(id));
  return { alerts: [...before, ...page.alerts], unread: page.unread, next: page.next, phase: "ready" };
}

/** The state after an event of the operator's stream: the same object where it says nothing of alerts. */
export function withEvent(state: AlertState, told: InboxEvent): AlertState {
  if (told.type === "alert") {
    const others = state.alerts.filter(({ id }) => id !== told.alert.id);
    return { ...state, alerts: [told.alert, ...others], unread: told.unread };
  }
  if (told.type !== "alerts_read") return state;
  const { ids, unread } = told;
  const alerts = state.alerts.map((alert) =>
    ids === undefined || ids.includes(alert.id) ? seen(alert) : alert,
  );
  return { ...state, alerts, unread };
}

/** The state as it will be once the server has marked something as seen. */
export function withRead(state: AlertState, body: ReadAlertsBody): AlertState {
  const isMeant = ({ conversationId }: AlertView) =>
    body.what === "everything" || conversationId === body.conversationId;
  if (body.what === "everything")
    return { ...state, alerts: state.alerts.map(seen), unread: noAlerts.unread };
  const unread = { ...state.unread };
  for (const alert of state.alerts.filter((each) => !each.read && isMeant(each))) {
    const group = groupOfAlert[alert.kind];
    unread[group] = Math.max(0, unread[group] - 1);
  }
  return { ...state, alerts: state.alerts.map((alert) => (isMeant(alert) ? seen(alert) : alert)), unread };
}

/** How many alerts stand unread. */
export function total(unread: UnreadAlerts): number {
  return unread.queue + unread.mine + unread.mentions + unread.sla;
}

/** A number as a small badge shows it. */
export function shortCount(count: number): string {
  return count > 99 ? "99+" : String(count);
}

/** Whether something of a conversation may stand unread: surely, or because not all of it was fetched. */
export function mayHaveUnread(state: AlertState, conversationId: string): boolean {
  if (state.alerts.some((alert) => !alert.read && alert.conversationId === conversationId)) return true;
  return state.next !== undefined && total(state.unread) > state.alerts.filter(({ read }) => !read).length;
}

function seen(alert: AlertView): AlertView {
  return alert.read ? alert : { ...alert, read: true };
}
