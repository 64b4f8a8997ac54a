import type { OperatorDesk, QueueBoard } from "#contracts/desk";

type Facts = {
  waiting: number;
  longestSince: string | undefined;
  /** How many of those shown wait longer than was promised. */
  late: number;
  online: number;
  /** How many more conversations those who are online can take. */
  room: number;
};

/** What the board comes to at a moment. */
export function factsOf({ waiting, entries, operators }: QueueBoard, now: number): Facts {
  const online = operators.filter(({ status }) => status === "online");
  return {
    waiting,
    longestSince: entries.map(({ since }) => since).sort()[0],
    late: entries.filter(({ due }) => due !== undefined && now >= Date.parse(due.at)).length,
    online: online.length,
    room: online.reduce((sum, person) => sum + roomOf(person), 0),
  };
}

/** How many more conversations somebody can take. */
function roomOf({ capacity, load }: Pick<OperatorDesk, "capacity" | "load">): number {
  return Math.max(0, capacity - load);
}

const ranks = { online: 0, away: 1, offline: 2 };

/** Those who are there first, and of them those with the most room. */
export function inOrder(operators: OperatorDesk[]): OperatorDesk[] {
  return [...operators].sort(
    (a, b) => ranks[a.status] - ranks[b.status] || roomOf(b) - roomOf(a) || a.name.localeCompare(b.name),
  );
}
