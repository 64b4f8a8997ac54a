import type { InboxEvent } from "#components/inbox/data/events.ts";
import { alertWords } from "#contracts/alert-words";
import { EscalationReason } from "#contracts/conversation";
import type { AlertKind, AlertSettings } from "#contracts/notifications";
import { quietUntil } from "#contracts/quiet-hours";

/** Something that an operator may be told of now. */
export type Telling = {
  kind: AlertKind;
  conversationId: string;
  title: string;
  text: string;
  /** What the desktop shows is named as its push is, so that both together are one. */
  key: string;
  /** Heard of as soon as it happened, or a moment later, when the server has noted that it stands unread. */
  heard: "at once" | "noted";
};

// These three have events of their own, which come first.
const atOnce: readonly AlertKind[] = ["escalation", "assigned", "message"];

/** What an event of the stream tells this operator, if anything. */
export function tellingOf(event: InboxEvent, me: string): Telling | undefined {
  switch (event.type) {
    case "new_escalation": {
      const reason = EscalationReason.safeParse(event.reason);
      if (reason.success) return early("escalation", { ...event, reason: reason.data });
      return { ...early("escalation", event), text: event.reason };
    }
    case "new_message":
      return early("message", event);
    case "assignment":
      return event.operator?.id === me ? early("assigned", event) : undefined;
    case "alert": {
      const { alert, conversationId } = event;
      const { title, text } = alertWords(alert);
      const key = `${alert.id}:${alert.count}`;
      return { kind: alert.kind, conversationId, title, text, key, heard: "noted" };
    }
    default:
      return undefined;
  }
}

function early(
  kind: AlertKind,
  { conversationId, customer, reason }: { conversationId: string; customer: string; reason?: unknown },
): Telling {
  const known = EscalationReason.safeParse(reason).data;
  const { title, text } = alertWords({ kind, customer, reason: known, count: 1 });
  return { kind, conversationId, title, text, key: `${kind}:${conversationId}`, heard: "at once" };
}

export type Circumstances = {
  settings: AlertSettings;
  now: Date;
  /** Somebody looks at this window, and at the conversation that it is about. */
  inFront: boolean;
  /** Somebody looks at this window. */
  looking: boolean;
  /** The browser may show notifications of ours. */
  allowed: boolean;
  muted: boolean;
};

export type Plan = { toast: boolean; sound: boolean; desktop: boolean };

const silence: Plan = { toast: false, sound: false, desktop: false };

/** How a window says it: not at all of what is in front, without a sound in quiet hours, on the desktop while nobody looks. */
export function planOf({ kind, heard }: Telling, about: Circumstances): Plan {
  if (about.inFront) return silence;
  const wanted = about.settings.matrix[kind];
  const first = heard === "at once" || !atOnce.includes(kind);
  const quiet = quietUntil(about.settings.quiet, about.now) !== undefined;
  return {
    toast: wanted.toast && first,
    sound: wanted.sound && first && !quiet && !about.muted,
    desktop: wanted.desktop && heard === "noted" && !quiet && !about.looking && about.allowed,
  };
}
