import { channelLabel } from "#components/ui/channel-icon.tsx";
import { ChannelName } from "#contracts/channel";
import type { PolicyHours, PolicyMatch, PolicyTargets, SlaPolicyView } from "#contracts/desk";
import type { OfficeHoursView } from "#contracts/office-hours";
import type { Clock } from "./due-example.ts";
import { durationWords } from "./duration.ts";

export type Targets = { [Kind in keyof PolicyTargets]?: number | undefined };

/** What can be promised, in the order in which it matters to a customer. */
export const targetNames = [
  {
    kind: "firstResponse",
    label: "First response",
    help: "From asking for a person to a person's first words.",
    preview: "is answered first by",
  },
  {
    kind: "nextResponse",
    label: "Next response",
    help: "From the customer's words to a person's next.",
    preview: "is answered next by",
  },
  {
    kind: "resolution",
    label: "Resolution",
    help: "From asking for a person to the end, without the time the customer takes.",
    preview: "is resolved by",
  },
] as const;

/** What a policy promises in one line: "First response in 30 minutes · resolution in 2 days". */
export function promiseWords(targets: Targets): string {
  const words = targetNames.flatMap(({ kind, label }) => {
    const minutes = targets[kind];
    return minutes === undefined ? [] : [`${label.toLowerCase()} in ${durationWords(minutes)}`];
  });
  const line = words.join(" · ");
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/** Which conversations a policy is for, in words. */
export function matchWords(match: PolicyMatch, teamName: (id: string) => string): string {
  const parts = [
    match.channels?.map(channelName),
    match.teams?.map(teamName),
    match.topics?.map((topic) => `“${topic}”`),
    match.tags?.map((tag) => `#${tag}`),
  ].flatMap((names) => (names?.length ? [names.join(" or ")] : []));
  return parts.length === 0 ? "All conversations" : parts.join(", ");
}

/** How well a policy was kept, of the clocks that ended; undefined where none did. */
export function keptShare({ met, breached }: Pick<SlaPolicyView, "met" | "breached">): number | undefined {
  return met + breached === 0 ? undefined : Math.round((100 * met) / (met + breached));
}

/** The clock that these hours mean; day and night where nobody set any. */
export function clockOf(hours: PolicyHours, schedules: OfficeHoursView[], ownZone: string): Clock {
  const found = schedules.find(({ id, isDefault }) =>
    hours.kind === "schedule" ? id === hours.scheduleId : isDefault,
  );
  const timeZone = found?.schedule.timeZone ?? ownZone;
  return { timeZone, schedule: hours.kind === "always" ? undefined : found?.schedule };
}

function channelName(channel: string): string {
  const known = ChannelName.safeParse(channel);
  return known.success ? channelLabel(known.data) : channel;
}
