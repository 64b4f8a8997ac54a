import type pg from "pg";
import { isConnectionError } from "#lib/db";

/** What the worker waits for, and tries again after (Postgres: cannot connect now). */
const comeAgain = "57P03";

/**
 * The pool as graphile-worker sees it: whatever way a connection is lost is told as the one that the worker survives, as
 * it has nobody to tell that the end of a job could not be stored. `onLoss` hears of each.
 */
export function patientPool(pool: pg.Pool, onLoss: () => void): pg.Pool {
  const patient = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      if (!isConnectionError(error)) throw error;
      onLoss();
      throw Object.assign(new Error("The database cannot be reached now.", { cause: error }), {
        code: comeAgain,
      });
    });
  const withQuery = (client: pg.PoolClient) =>
    overlaid(client, {
      query: (asked: string | pg.QueryConfig, values: unknown[] = []) =>
        patient(client.query(typeof asked === "string" ? { text: asked, values } : asked)),
    });
  return overlaid(pool, {
    connect: (done?: Parameters<typeof pool.connect>[0]) => {
      if (done !== undefined) return pool.connect(done);
      // The process ends: whoever frees what it held does it again.
      if (pool.ending) return new Promise(() => undefined);
      return patient(pool.connect().then(withQuery));
    },
  });
}

/** An object with some methods in place of its own. */
function overlaid<T extends object>(target: T, methods: Record<string, unknown>): T {
  return new Proxy(target, {
    get(of, name) {
      if (typeof name === "string" && Object.hasOwn(methods, name)) return methods[name];
      const own: unknown = Reflect.get(of, name, of);
      return typeof own === "function" ? own.bind(of) : own;
    },
  });
}
