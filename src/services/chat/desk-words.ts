import type { Assignee, DeskAction } from "#contracts/desk-actions";

/** How people and teams are called, by id. */
export type Names = { operators: Map<string, string>; teams: Map<string, string> };

const units: [name: string, minutes: number][] = [
  ["day", 24 * 60],
  ["hour", 60],
  ["minute", 1],
];

/** What an action does, in one sentence for operators. */
export function sentenceOf(action: DeskAction, names: Names): string {
  switch (action.kind) {
    case "reply":
      return "Reply to the customer.";
    case "note":
      return "Leave a note.";
    case "tag":
      return tagging(action);
    case "assign":
      return assigning(action.to, names);
    case "snooze":
      return action.minutes === undefined
        ? `Snooze until ${momentWords(action.until)}.`
        : `Snooze for ${durationWords(action.minutes)}.`;
    case "wake":
      return "End the snooze.";
    case "resolve":
      return "Resolve the conversation.";
    case "read":
      return "Mark as read.";
    case "reopen":
      return "Open the conversation again.";
    case "attribute":
      return action.value === null
        ? `Remove the customer's “${action.name}”.`
        : `Set the customer's “${action.name}” to “${action.value}”.`;
  }
}

function tagging({ add, remove }: { add: string[]; remove: string[] }): string {
  const added = add.length === 0 ? [] : [`add ${tagWords(add)}`];
  const removed = remove.length === 0 ? [] : [`remove ${tagWords(remove)}`];
  const words = [...added, ...removed].join(", ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function tagWords(tags: string[]): string {
  return `the ${tags.length === 1 ? "tag" : "tags"} ${tags.map((tag) => `“${tag}”`).join(", ")}`;
}

function assigning(to: Assignee, { operators, teams }: Names): string {
  switch (to.kind) {
    case "me":
      return "Assign to you.";
    case "operator":
      return `Assign to ${operators.get(to.operatorId) ?? "a colleague who is gone"}.`;
    case "team":
      return `Assign to the team ${teams.get(to.teamId) ?? "that is gone"}.`;
    case "queue":
      return "Put into the queue for everyone.";
    case "ai":
      return "Hand back to the assistant.";
  }
}

function durationWords(minutes: number): string {
  const [name, length] = units.find(([, of]) => minutes % of === 0) ?? ["minute", 1];
  const many = minutes / length;
  return `${many} ${name}${many === 1 ? "" : "s"}`;
}

const dates = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "UTC",
});

function momentWords(moment: string | undefined): string {
  return moment === undefined ? "later" : `${dates.format(new Date(moment))} UTC`;
}
