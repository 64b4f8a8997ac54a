import type { Definition, NumberId } from "#contracts/analytics";
import { aiInvolved } from "./ai-involved.ts";
import { contained } from "./contained.ts";
import { conversations } from "./conversations.ts";
import { copilotAccepted } from "./copilot-accepted.ts";
import { copilotReplies } from "./copilot-replies.ts";
import type { NumberDefinition } from "./definition.ts";
import { deflected } from "./deflected.ts";
import { escalationRate } from "./escalation-rate.ts";
import { escalations } from "./escalations.ts";
import { firstResponse } from "./first-response.ts";
import { firstResponseAi } from "./first-response-ai.ts";
import { firstResponsePerson } from "./first-response-person.ts";
import { handoverWait } from "./handover-wait.ts";
import { nextResponseAi } from "./next-response-ai.ts";
import { nextResponsePerson } from "./next-response-person.ts";
import { outOfHours } from "./out-of-hours.ts";
import { personInvolved } from "./person-involved.ts";
import { ratingAi } from "./rating-ai.ts";
import { ratingAnswered } from "./rating-answered.ts";
import { ratingPerson } from "./rating-person.ts";
import { resolutionLasted } from "./resolution-lasted.ts";
import { resolutionTime } from "./resolution-time.ts";
import { resolutions } from "./resolutions.ts";
import { resolvedAssumed } from "./resolved-assumed.ts";
import { resolvedConfirmed } from "./resolved-confirmed.ts";
import { slaBroken } from "./sla-broken.ts";
import { slaKept } from "./sla-kept.ts";
import { waitsLeft } from "./waits-left.ts";

/** The one place where a number gets its meaning. */
const registry: Record<NumberId, NumberDefinition> = {
  conversations: conversations,
  out_of_hours: outOfHours,
  ai_involved: aiInvolved,
  contained: contained,
  deflected: deflected,
  person_involved: personInvolved,
  first_response: firstResponse,
  first_response_ai: firstResponseAi,
  first_response_person: firstResponsePerson,
  next_response_ai: nextResponseAi,
  next_response_person: nextResponsePerson,
  escalations: escalations,
  escalation_rate: escalationRate,
  handover_wait: handoverWait,
  waits_left: waitsLeft,
  resolutions: resolutions,
  resolved_confirmed: resolvedConfirmed,
  resolved_assumed: resolvedAssumed,
  resolution_lasted: resolutionLasted,
  resolution_time: resolutionTime,
  rating_ai: ratingAi,
  rating_person: ratingPerson,
  rating_answered: ratingAnswered,
  sla_kept: slaKept,
  sla_broken: slaBroken,
  copilot_replies: copilotReplies,
  copilot_accepted: copilotAccepted,
};

/** What a number is. */
export function numberOf(id: NumberId): NumberDefinition {
  return registry[id];
}

/** A number in words alone, as it leaves this room. */
export function definitionOf({ id, name, definition, unit, better, rows }: NumberDefinition): Definition {
  return { id, name, definition, unit, better, rows };
}
