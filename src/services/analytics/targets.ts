import type { Target } from "#contracts/analytics";
import type { SlaPolicyBody } from "#contracts/desk";
import { enabledPolicies } from "#services/handover";
import type { Filters } from "./narrow.ts";
import type { NumberDefinition } from "./numbers/definition.ts";

const most = 3;
const minute = 60;

type Policy = Pick<SlaPolicyBody, "name" | "match" | "targets" | "hours">;

/**
 * What a company's policies promise of numbers that are narrowed to something: of those policies that could hold there, the
 * tightest promises first. Answers undefined for a number of which nothing is promised.
 */
export async function targetsFor(
  companyId: string,
  filters: Filters,
): Promise<(number: NumberDefinition) => Target[] | undefined> {
  const policies = (await enabledPolicies(companyId)).filter(({ match }) => couldHold(match, filters));
  return ({ promise }) => (promise === undefined ? undefined : targetsOf(policies, promise));
}

/** The different promises of some policies, and which of them make each. */
export function targetsOf(
  policies: Policy[],
  promise: NonNullable<NumberDefinition["promise"]>,
): Target[] | undefined {
  // Whoever promises promises each time, so what is aimed at is the whole.
  if (promise === "all") {
    return policies.length === 0
      ? undefined
      : [{ value: 1, policies: policies.map(({ name }) => name), inHours: false }];
  }
  const found = new Map<string, Target>();
  for (const { name, targets, hours } of policies) {
    const minutes = targets[promise];
    if (minutes === undefined) continue;
    const inHours = hours.kind !== "always";
    const same = found.get(`${minutes} ${inHours}`);
    if (same === undefined)
      found.set(`${minutes} ${inHours}`, { value: minutes * minute, policies: [name], inHours });
    else same.policies.push(name);
  }
  const inOrder = [...found.values()].sort((a, b) => a.value - b.value);
  return inOrder.length === 0 ? undefined : inOrder.slice(0, most);
}

/** Says whether a policy could hold for something of what is left by filters. */
function couldHold({ channels, teams, topics, tags }: Policy["match"], filters: Filters): boolean {
  return (
    leaves(channels, filters.channel) &&
    leaves(teams, filters.teamId) &&
    leaves(topics, filters.topic) &&
    leaves(tags, filters.tag)
  );
}

function leaves(wanted: string[] | undefined, only: string | undefined): boolean {
  return wanted === undefined || wanted.length === 0 || only === undefined || wanted.includes(only);
}
