import { channelLabel } from "#components/ui/channel-icon.tsx";
import type { Dimension, Measure, Target, Unit } from "#contracts/analytics";
import { ChannelName } from "#contracts/channel";

const whole = new Intl.NumberFormat("en");
const tenths = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat("en", { style: "percent" });
const nothing = "–";

/** A value as it is read: "1,204", "38.5%", "4m 12s", "4.6". */
export function valueWords(value: number | undefined, unit: Unit): string {
  if (value === undefined) return nothing;
  switch (unit) {
    case "count":
      return whole.format(value);
    case "share":
      return `${tenths.format(value * 100)}%`;
    case "score":
      return tenths.format(value);
    case "duration":
      return durationWords(value);
  }
}

/** A duration by its two largest parts. */
export function durationWords(seconds: number): string {
  const all = Math.round(seconds);
  if (all < 60) return seconds < 10 && seconds % 1 !== 0 ? `${tenths.format(seconds)}s` : `${all}s`;
  const minutes = Math.floor(all / 60);
  if (minutes < 60) return two(minutes, "m", all % 60, "s");
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return two(hours, "h", minutes % 60, "m");
  return two(Math.floor(hours / 24), "d", hours % 24, "h");
}

function two(large: number, one: string, small: number, other: string): string {
  return small === 0 ? `${large}${one}` : `${large}${one} ${small}${other}`;
}

/** What is promised, in a sentence: "Promised: 10m (VIP), 30m (Everyone), in office hours", or "Promised: 100% (Everyone)". */
export function targetWords(targets: readonly Target[], unit: Unit): string {
  const each = targets.map(({ value, policies }) => `${markWords(value, unit)} (${policies.join(", ")})`);
  const hours = targets.some(({ inHours }) => inHours) ? ", in office hours" : "";
  return `Promised: ${each.join(", ")}${hours}`;
}

/** A value that is set and not measured, as on an axis: without a tenth where it has none. */
export function markWords(value: number, unit: Unit): string {
  return unit === "share" ? percent.format(value) : valueWords(value, unit);
}

export type Change = { words: string; direction: "up" | "down" | "same" };

/** How a number changed against the range before; undefined where there is nothing to hold it against. */
export function changeWords(now: Measure, before: Measure | undefined, unit: Unit): Change | undefined {
  if (now.value === undefined || before?.value === undefined) return undefined;
  const difference = now.value - before.value;
  if (unit === "share") return told(difference * 100, (size) => `${tenths.format(size)} points`);
  if (unit === "score") return told(difference, (size) => tenths.format(size));
  if (before.value === 0) return undefined;
  return told((difference / before.value) * 100, (size) => `${whole.format(Math.round(size))}%`);
}

function told(difference: number, words: (size: number) => string): Change {
  const text = words(Math.abs(difference));
  if (text === words(0)) return { words: "No change", direction: "same" };
  return { words: text, direction: difference > 0 ? "up" : "down" };
}

export const dimensionNames: Record<Dimension, string> = {
  channel: "Channel",
  agent: "AI agent",
  team: "Team",
  operator: "Operator",
  topic: "Topic",
  tag: "Tag",
  rule: "Rule",
  reason: "Reason",
  how: "Confirmed by",
  score: "Stars",
  policy: "Service level",
  outcome: "Suggestion",
};

/** The same within a sentence. */
export function inSentence(dimension: Dimension): string {
  return dimension === "agent" ? dimensionNames.agent : dimensionNames[dimension].toLowerCase();
}

const none: Record<Dimension, string> = {
  channel: "Unknown",
  agent: "Unknown",
  team: "No team",
  operator: "No person",
  topic: "General",
  tag: "No tag",
  rule: "No rule",
  reason: "Unknown",
  how: "Unknown",
  score: "None",
  policy: "Unknown",
  outcome: "Unknown",
};

const keyNames: Partial<Record<Dimension, Record<string, string>>> = {
  reason: {
    keyword: "Keyword",
    sentiment: "Sentiment",
    confidence: "Low confidence",
    explicit_request: "Asked for a person",
    conversation_length: "Long conversation",
    circles: "Going in circles",
    agent_tool: "The assistant asked for help",
    ai_failure: "The assistant failed",
    manual: "By hand",
  },
  how: {
    customer: "The customer's thanks",
    rating: "A rating of 4 or 5",
    person: "A person who closed it",
    quiet: "Nobody: assumed from the quiet",
  },
  outcome: { used: "Used as it was", edited: "Edited", ignored: "Ignored" },
  score: { "1": "1 · Very bad", "2": "2 · Bad", "3": "3 · All right", "4": "4 · Good", "5": "5 · Very good" },
};

/** How a part of a breakdown is called. */
export function partName(dimension: Dimension, key: string, label: string): string {
  if (key === "") return none[dimension];
  const channel = dimension === "channel" ? ChannelName.safeParse(key) : undefined;
  if (channel?.success) return channelLabel(channel.data);
  return keyNames[dimension]?.[key] ?? label;
}

const dayMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const fullDay = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

const dated = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** A date on an axis: "3 Mar". */
export function shortDate(date: string): string {
  return dayMonth.format(new Date(date));
}

/** A date in full: "Tue, 3 Mar 2026". */
export function longDate(date: string): string {
  return fullDay.format(new Date(date));
}

/** A range in words. */
export function rangeWords({ from, to }: { from: string; to: string }): string {
  return from === to ? longDate(from) : `${shortDate(from)} – ${dated.format(new Date(to))}`;
}

export const weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
