import { z } from "zod";
import { EscalationReason } from "./conversation.ts";
import { TimeOfDay, TimeZone } from "./office-hours.ts";
import { Cursor, Id, Moment } from "./primitives.ts";

/** What an operator is told about. */
export const AlertKind = z.enum([
  "escalation",
  "offered",
  "assigned",
  "message",
  "mention",
  "sla_warning",
  "sla_breach",
  "undelivered",
]);
export type AlertKind = z.infer<typeof AlertKind>;

/** How they are told: in the window, by a tone, by the desktop, on a device whose window is closed, by letter. */
export const AlertChannel = z.enum(["toast", "sound", "desktop", "push", "email"]);
export type AlertChannel = z.infer<typeof AlertChannel>;

/** Which alerts come by which channel. */
export const AlertMatrix = z.record(AlertKind, z.record(AlertChannel, z.boolean()));
export type AlertMatrix = z.infer<typeof AlertMatrix>;

/** When nothing may ring: each day between two times, and on some weekdays (Monday is 1) all day. */
export const QuietHours = z
  .object({
    on: z.boolean(),
    from: TimeOfDay,
    to: TimeOfDay,
    days: z
      .array(z.number().int().min(1).max(7))
      .max(6, "Leave at least one day of the week on which you can be told.")
      .refine((days) => new Set(days).size === days.length, "A day stands here twice."),
    timeZone: TimeZone,
  })
  .refine(({ from, to }) => from !== to, {
    path: ["to"],
    error: "The end must differ from the beginning.",
  });
export type QuietHours = z.infer<typeof QuietHours>;

export const AlertSettings = z.object({
  matrix: AlertMatrix,
  quiet: QuietHours,
  /** Devices are told only while no window of Baton is open and in use. */
  onlyWhenAway: z.boolean(),
  /** Devices, desktops and letters may show what the customer wrote. */
  previews: z.boolean(),
});
export type AlertSettings = z.infer<typeof AlertSettings>;

const everything = { toast: true, sound: true, desktop: true, push: true, email: false };

/** What holds for whoever has chosen nothing. */
export const alertDefaults: AlertSettings = {
  matrix: {
    escalation: everything,
    offered: everything,
    assigned: everything,
    message: everything,
    mention: { ...everything, sound: false, email: true },
    sla_warning: { ...everything, sound: false, desktop: false, push: false },
    sla_breach: everything,
    undelivered: everything,
  },
  quiet: { on: false, from: "22:00", to: "07:00", days: [], timeZone: "UTC" },
  onlyWhenAway: true,
  previews: false,
};

/** An operator's settings, and whether letters can be sent at all. */
export const AlertSettingsView = z.object({
  settings: AlertSettings,
  mail: z.object({ on: z.boolean(), address: z.string() }),
});
export type AlertSettingsView = z.infer<typeof AlertSettingsView>;

/** What unread alerts are counted by. */
export const AlertGroup = z.enum(["queue", "mine", "mentions", "sla"]);
export type AlertGroup = z.infer<typeof AlertGroup>;

export const groupOfAlert: Record<AlertKind, AlertGroup> = {
  escalation: "queue",
  offered: "queue",
  assigned: "mine",
  message: "mine",
  mention: "mentions",
  sla_warning: "sla",
  sla_breach: "sla",
  undelivered: "mine",
};

export const UnreadAlerts = z.record(AlertGroup, z.number().int().nonnegative());
export type UnreadAlerts = z.infer<typeof UnreadAlerts>;

/** One thing an operator was told. What happens again before it is read is counted in the same alert. */
export const AlertView = z.object({
  id: Id,
  kind: AlertKind,
  conversationId: Id,
  customer: z.string(),
  reason: EscalationReason.optional(),
  count: z.number().int().positive(),
  /** What the customer wrote last, shortened, where nobody has written since. */
  preview: z.string().optional(),
  at: Moment,
  read: z.boolean(),
});
export type AlertView = z.infer<typeof AlertView>;

export const AlertsQuery = z.object({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

/** Newest first; `unread` is of all pages, counted up to a hundred. */
export const AlertPage = z.object({
  alerts: z.array(AlertView),
  next: z.string().optional(),
  unread: UnreadAlerts,
});
export type AlertPage = z.infer<typeof AlertPage>;

/** Everything, or what concerns one conversation, has been seen. */
export const ReadAlertsBody = z.discriminatedUnion("what", [
  z.object({ what: z.literal("everything") }),
  z.object({ what: z.literal("conversation"), conversationId: Id }),
]);
export type ReadAlertsBody = z.infer<typeof ReadAlertsBody>;

const keyBytes = (shortest: number, longest: number) =>
  z
    .string()
    .min(shortest)
    .max(longest)
    .regex(/^[A-Za-z0-9_-]+$/, "must be base64url");

/** What a browser gives when it subscribes (W3C Push API: 65 bytes of P-256 and 16 bytes of authentication). */
export const PushSubscriptionBody = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(2_000),
  keys: z.object({ p256dh: keyBytes(86, 88), auth: keyBytes(22, 24) }),
});
export type PushSubscriptionBody = z.infer<typeof PushSubscriptionBody>;

/** A browser that is told by push. */
export const PushDevice = z.object({
  id: Id,
  /** Such as "Firefox on Windows". */
  name: z.string(),
  createdAt: Moment,
  /** When a push last reached its push service. */
  lastSentAt: Moment.optional(),
});
export type PushDevice = z.infer<typeof PushDevice>;

export const PushSituation = z.object({
  /** With which browsers subscribe. */
  publicKey: z.string(),
  devices: z.array(PushDevice),
});
export type PushSituation = z.infer<typeof PushSituation>;

export const PushDevicePath = z.object({ deviceId: Id });

export const TestAlertBody = z.object({ channel: z.enum(["push", "email"]) });

/** Where whoever gets letters of a company refuses them: the address itself stands in no link. */
export const LetterPath = z.object({ companyId: Id, addressHash: z.string().regex(/^[0-9a-f]{64}$/) });
export const LetterQuery = z.object({ signature: z.string().min(1).max(100) });

/** What became of a test: `gone` means that the browser has ended its subscription, which was removed here too. */
export const TestAlertResult = z.object({
  sent: z.number().int(),
  gone: z.number().int(),
  failed: z.number().int(),
});
export type TestAlertResult = z.infer<typeof TestAlertResult>;
