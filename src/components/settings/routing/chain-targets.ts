import type { SelectItem } from "#components/ui/select.tsx";
import type { ChainTarget } from "#contracts/desk";

export type Named = { id: string; name: string };

const best = "best";

/** All that a step can tell, as one list: who fits best, each team, each operator, devices and e-mail. */
export function targetItems(operators: Named[], teams: Named[]): SelectItem<string>[] {
  return [
    { value: best, label: "Who fits best", description: "The free operator whom routing finds." },
    ...teams.map(({ id, name }) => ({
      value: `team:${id}`,
      label: name,
      description: "Everybody of the team",
    })),
    ...operators.map(({ id, name }) => ({
      value: `operator:${id}`,
      label: name,
      description: "This person",
    })),
    {
      value: "push",
      label: "Everybody's devices",
      description: "A notification, also where Baton is closed.",
    },
    { value: "email", label: "Everybody's e-mail", description: "For those who have no device at hand." },
  ];
}

/** Which choice of that list a step has. */
export function valueOfTarget(to: ChainTarget): string {
  if (to.kind === "team") return `team:${to.teamId}`;
  if (to.kind === "operator") return to.operatorId === undefined ? best : `operator:${to.operatorId}`;
  return to.kind;
}

/** What a choice of that list means. */
export function targetOfValue(value: string): ChainTarget {
  if (value === "push" || value === "email") return { kind: value };
  const [kind, id = ""] = value.split(":");
  if (kind === "team") return { kind, teamId: id };
  return kind === "operator" ? { kind, operatorId: id } : { kind: "operator" };
}
