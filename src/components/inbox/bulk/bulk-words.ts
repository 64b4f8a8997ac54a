import type { BulkAction } from "#contracts/desk-actions";
import type { BulkAnswer } from "#contracts/desk-tools";

const verbs: Record<BulkAction["kind"], string> = {
  assign: "assigned",
  tag: "tagged",
  snooze: "snoozed",
  wake: "woken",
  resolve: "resolved",
  read: "marked as read",
  reopen: "reopened",
};

/** What became of a bulk action, in one line, and why some of it was not done. */
export function bulkWords(
  action: BulkAction,
  outcomes: BulkAnswer["outcomes"],
): { title: string; description: string | undefined } {
  const failed = outcomes.filter(({ outcome }) => outcome === "failed");
  const done = outcomes.length - failed.length;
  const verb = verbs[action.kind];
  const reasons = [...new Set(failed.flatMap(({ problem }) => problem ?? []))];
  const title = done === 0 ? `None was ${verb}` : `${done} ${verb}`;
  if (failed.length === 0) return { title, description: undefined };
  return { title, description: [`${failed.length} not:`, ...reasons.slice(0, 2)].join(" ") };
}
