import { type Definition, NumberId } from "#contracts/analytics";
import { definitionOf, numberOf } from "#services/analytics";

/** What every number is, as the product says it. */
export const definitions = Object.fromEntries(
  NumberId.options.map((id) => [id, definitionOf(numberOf(id))]),
) as Record<NumberId, Definition>;
