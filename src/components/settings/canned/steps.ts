import type { MacroAction } from "#contracts/desk-actions";

export type StepKind = MacroAction["kind"];

/** What a step can be, as people say it. */
export const stepNames: Record<StepKind, string> = {
  reply: "Send a reply",
  note: "Add a note",
  tag: "Change tags",
  assign: "Assign",
  snooze: "Snooze",
  resolve: "Resolve",
  attribute: "Set an attribute of the customer",
};

/** A step of each kind, as it begins. */
export function newStep(kind: StepKind): MacroAction {
  switch (kind) {
    case "reply":
    case "note":
      return { kind, text: "" };
    case "tag":
      return { kind, add: [], remove: [] };
    case "assign":
      return { kind, to: { kind: "me" } };
    case "snooze":
      return { kind, minutes: 24 * 60 };
    case "resolve":
      return { kind };
    case "attribute":
      return { kind, name: "", value: "" };
  }
}

type Named = { id: string; name: string };

/** What a macro does, in a few words. */
export function stepsInWords(actions: readonly MacroAction[], people: readonly Named[]): string {
  return actions.map((action) => stepInWords(action, people)).join(", ");
}

function stepInWords(action: MacroAction, people: readonly Named[]): string {
  switch (action.kind) {
    case "reply":
      return "reply";
    case "note":
      return "note";
    case "tag":
      return [...action.add.map((tag) => `+${tag}`), ...action.remove.map((tag) => `−${tag}`)].join(" ");
    case "assign":
      return `assign to ${assigneeName(action.to, people)}`;
    case "snooze":
      return "snooze";
    case "resolve":
      return "resolve";
    case "attribute":
      return `set ${action.name}`;
  }
}

function assigneeName(to: Extract<MacroAction, { kind: "assign" }>["to"], people: readonly Named[]): string {
  const nameOf = (id: string, otherwise: string) => people.find((each) => each.id === id)?.name ?? otherwise;
  switch (to.kind) {
    case "me":
      return "me";
    case "ai":
      return "the AI";
    case "queue":
      return "the queue";
    case "operator":
      return nameOf(to.operatorId, "a colleague");
    case "team":
      return nameOf(to.teamId, "a team");
  }
}

/** Words with commas between them, each once and without spaces around it. */
export function wordsIn(text: string): string[] {
  return [...new Set(text.split(",").map((word) => word.trim().toLowerCase()))].filter(Boolean);
}
