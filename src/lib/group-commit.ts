import { isConnectionError } from "#lib/db";

type Waiting<In, Out> = { asked: In; done(answer: Out): void; fail(error: unknown): void };

/**
 * Makes a call that is answered together with those that come while others are under way: one round trip and one commit
 * for all of them. An empty server answers at once; a busy one gathers more, and makes a second call beside the first only
 * for `enough` of them, as each call costs more than what travels along.
 * Where a gathered call fails, each is made again by itself, so that nobody fails for another's sake.
 */
export function groupCommit<In, Out>(
  make: (asked: In[]) => Promise<Out[]>,
  { lanes, most, enough = 1 }: { lanes: number; most: number; enough?: number },
): (asked: In) => Promise<Out> {
  const queue: Waiting<In, Out>[] = [];
  let busy = 0;

  function depart(): void {
    while (queue.length >= (busy === 0 ? 1 : enough) && busy < lanes) {
      busy += 1;
      void carry(queue.splice(0, most)).finally(() => {
        busy -= 1;
        depart();
      });
    }
  }

  async function carry(group: Waiting<In, Out>[]): Promise<void> {
    try {
      const answers = await make(group.map(({ asked }) => asked));
      for (const [at, { done }] of group.entries()) done(answers[at] as Out);
    } catch (error) {
      if (group.length === 1 || isConnectionError(error)) {
        for (const { fail } of group) fail(error);
        return;
      }
      for (const one of group) await carry([one]);
    }
  }

  return (asked) =>
    new Promise<Out>((done, fail) => {
      queue.push({ asked, done, fail });
      // Whoever asks in this very turn of the event loop travels along.
      if (queue.length === 1 || queue.length === enough) queueMicrotask(depart);
    });
}
