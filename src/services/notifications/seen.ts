import { groupCommit } from "#lib/group-commit";
import { once } from "#lib/registry";
import { type Standing, sweepSeen } from "#lib/sweeps";

type Seen = {
  companyId: string;
  userId: string;
  chosen?: Standing | undefined;
  /** Whether a window of theirs is in sight, where one has just told. */
  looks?: boolean | undefined;
  /** A window of theirs was opened in this moment. */
  arrives?: boolean | undefined;
};

/**
 * Keeps in Postgres that an operator is here, what they chose to be, and whether they look; answers how they stand, which every process
 * goes by. Those who are noted at once share one statement.
 */
export function noteSeen(seen: Seen): Promise<Standing | undefined> {
  return once("notifications.seen", () => groupCommit(noteAll, { lanes: 1, most: 1_000 }))(seen);
}

async function noteAll(seen: Seen[]): Promise<(Standing | undefined)[]> {
  const stand = await sweepSeen(seen);
  const found = new Map(stand.map(({ companyId, userId, standing }) => [`${companyId}:${userId}`, standing]));
  return seen.map(({ companyId, userId }) => found.get(`${companyId}:${userId}`));
}
