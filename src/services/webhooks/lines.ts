import { setTimeout as pause } from "node:timers/promises";
import { isConnectionError } from "#lib/db";
import { sideBySide } from "#lib/side-by-side";
import { NotYet } from "#services/chat";
import type { OpenConnection } from "#services/connections";
import type { Told } from "./read-delivery.ts";
import type { HeldLine, StoredDelivery } from "./store.ts";

/** Of a connection's threads so many are handled at once: what is just coming in must find the database free. */
const threadsAtOnce = 6;
/** Whoever takes longer waits for something outside, and keeps nobody else from their turn. */
const patienceMs = 1_000;

/** Takes in one thing that a delivery tells, in its turn. Throws `Held` where what came before it has to be tried again. */
export type Take = (told: Told) => Promise<void>;

/** Which delivery holds a line up, since which of its tries, and until when. */
type Holder = { n: bigint; attempts: number; until: Date };

/** Something of the same line came before and waits for its next try. */
export class Held extends Error {
  readonly by: Holder;

  constructor(by: Holder) {
    super("What came before it is tried again first.");
    this.by = by;
  }
}

type Circumstances = { held: Map<string, HeldLine>; now: Date; retryAt: Date | undefined };

/**
 * The lines in which what a connection delivers waits for its turn: what belongs together waits for what came before it,
 * also while that waits for another try; everything else does not.
 */
export function openLines(connection: OpenConnection) {
  const lines = new Map<string, Promise<Holder | undefined>>();
  const gate = sideBySide(threadsAtOnce);

  function forDelivery({ n, attempts }: StoredDelivery, { held, now, retryAt }: Circumstances): Take {
    return ({ line, take }) => {
      const stored = held.get(line);
      const turn = (lines.get(line) ?? Promise.resolve(undefined)).then((holder) => {
        // Whoever holds it up comes again themselves; what follows in the same delivery waits as all others do.
        const comesAgain = holder?.n === n && holder.attempts < attempts;
        if (holder !== undefined && !comesAgain) throw new Held(holder);
        if (stored !== undefined && stored.n < n) throw new Held({ ...stored, attempts: -1 });
        return inTurn(() => take(connection, now));
      });
      const after = turn.then(
        () => undefined,
        (error: unknown) => {
          if (error instanceof Held) return error.by;
          return retryAt && holdsUp(error) ? { n, attempts, until: retryAt } : undefined;
        },
      );
      lines.set(line, after);
      void after.then((holder) => {
        if (holder === undefined && lines.get(line) === after) lines.delete(line);
      });
      return turn;
    };
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    return new Promise((done, fail) => {
      void gate(async () => {
        const doing = work();
        doing.then(done, fail);
        const quietly = doing.catch(() => undefined);
        await Promise.race([quietly, pause(patienceMs, undefined, { ref: false })]);
      });
    });
  }

  return { forDelivery, clear: () => lines.clear() };
}

/** Whether what comes after something that failed so has to wait: what that waits for may be the very next of its line. */
function holdsUp(error: unknown): boolean {
  return !(error instanceof NotYet) && !isConnectionError(error);
}
