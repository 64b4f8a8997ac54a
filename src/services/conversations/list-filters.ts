import type { ListFilters, View } from "#contracts/operator";

/** Adds a value to a statement and answers the place that stands for it. */
export type Place = (value: unknown) => string;

/** What narrows a list, as conditions on a conversation's columns. */
export function conditionsOf(filters: ListFilters, place: Place): string[] {
  const { tag, teamId, operatorId, contactId, channel, snoozed } = filters;
  return [
    tag === undefined ? [] : `${place(tag)} = ANY (tags)`,
    teamId === undefined ? [] : `team_id = ${place(teamId)}::uuid`,
    operatorId === undefined ? [] : `operator_id = ${place(operatorId)}::uuid`,
    contactId === undefined ? [] : `contact_id = ${place(contactId)}::uuid`,
    channel === undefined ? [] : `channel = ${place(channel)}`,
    snoozed === "only" ? "snoozed_until IS NOT NULL" : [],
    snoozed === "without" ? "snoozed_until IS NULL" : [],
  ].flat();
}

/** Which index a narrowed list is read by. */
export type Way = "view" | "tag" | "time";

// These hold what is open with people: few enough to be looked through. The others grow without end.
const long: readonly View[] = ["all", "ai", "resolved"];

/** How a narrowed list is read: in the order of its view, or newest first by the index of what narrows it. */
export function wayOf(view: View, { tag, operatorId, contactId, channel }: ListFilters): Way {
  if (!long.includes(view)) return "view";
  // One contact's are few: fewer than all that carry a tag.
  if (contactId !== undefined) return "time";
  if (tag !== undefined) return "tag";
  return operatorId !== undefined || channel !== undefined ? "time" : "view";
}
