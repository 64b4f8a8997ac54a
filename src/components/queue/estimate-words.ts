import type { EstimateReport } from "#contracts/desk";

/** How good the estimates were, in a sentence or two. */
export function estimateWords({ samples, medianErrorMinutes, biasMinutes }: EstimateReport): string[] {
  if (samples === 0 || medianErrorMinutes === undefined) {
    return ["No wait that a customer was told has ended with a person yet."];
  }
  const waits = samples === 1 ? "The one wait that was told" : `Half of the ${samples} waits that were told`;
  return [`${waits} came within ${minutes(medianErrorMinutes)} of the estimate.`, biasWords(biasMinutes)];
}

function biasWords(bias = 0): string {
  if (Math.abs(bias) < 0.5) return "They were as often too short as too long.";
  const by = minutes(Math.abs(bias));
  return bias > 0
    ? `People mostly waited longer than they were told, by ${by}.`
    : `People mostly waited less than they were told, by ${by}.`;
}

function minutes(count: number): string {
  const whole = Math.round(count);
  if (whole < 1) return "a minute";
  return whole === 1 ? "1 minute" : `${whole} minutes`;
}
