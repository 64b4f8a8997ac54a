import pg from "pg";
import { once } from "#lib/registry";

/** A statement that reads; a name lets each connection parse it once. */
export type Statement = { text: string; values: unknown[]; name?: string | undefined };

/** What became of a statement; `skipped` never ran, because one before it failed. */
export type Outcome<Row> =
  | { state: "read"; rows: Row[] }
  | { state: "failed"; error: Error }
  | { state: "skipped" };

/** The messages of Postgres's extended protocol that are sent here by hand. */
type Wire = {
  stream: { cork(): void; uncork(): void };
  parse(statement: { name: string; text: string }): void;
  bind(portal: { statement: string; values: string[] }): void;
  execute(portal: Record<string, never>): void;
  sync(): void;
};

/** How a query of `pg` is sent and gathers its rows, which its types do not tell. */
type Course = {
  submit(connection: Wire): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: unknown): void;
  _result: pg.QueryResult;
};

const enter = "SELECT set_config('transaction_read_only', 'on', true), set_config('baton.company', $1, true)";

/** The connections that have parsed the statement above; one list for both module graphs, as they share the connections. */
const acquainted = () => once("database.acquainted", () => new WeakSet<Wire>());

/**
 * Reads rows as one company, in one round trip: the statement that names the company and those that read travel
 * together, and what comes before one Sync is one transaction (PostgreSQL, "Pipelining" of the extended protocol).
 */
export function readWithin<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  companyId: string,
  statements: Statement[],
): Promise<Outcome<Row>[]> {
  return new Promise((done) => {
    // Extended also without values: a simple query would be a transaction of its own.
    const asked = statements.map((statement) => {
      const extended = { ...statement, queryMode: "extended" };
      return new pg.Query(extended) as unknown as Course;
    });
    const outcomes: Outcome<Row>[] = statements.map(() => ({ state: "skipped" }));
    const sent: number[] = [];
    // The first row and the first end are those of the statement that entered the company.
    let ended = -1;
    const current = () => sent[ended] ?? -1;
    const train = {
      // Read by `pg` to know which statement was just parsed.
      get name() {
        return statements[current()]?.name;
      },
      get text() {
        return statements[current()]?.text;
      },
      submit(connection: Wire): Error | null {
        const silent: Wire = Object.create(connection, { sync: { value: () => undefined } });
        connection.stream.cork();
        try {
          if (!acquainted().has(connection)) connection.parse({ name: "enter", text: enter });
          acquainted().add(connection);
          connection.bind({ statement: "enter", values: [companyId] });
          connection.execute({});
          for (const [at, query] of asked.entries()) {
            try {
              query.submit(silent);
              sent.push(at);
            } catch (error) {
              // A value that cannot be written down; nothing of this statement has left.
              outcomes[at] = { state: "failed", error: error as Error };
            }
          }
          connection.sync();
          return null;
        } finally {
          connection.stream.uncork();
        }
      },
      handleRowDescription: (message: unknown) => asked[current()]?.handleRowDescription(message),
      handleDataRow: (message: unknown) => asked[current()]?.handleDataRow(message),
      handleCommandComplete(message: unknown, connection: unknown) {
        const query = asked[current()];
        query?.handleCommandComplete(message, connection);
        if (query !== undefined) outcomes[current()] = { state: "read", rows: query._result.rows as Row[] };
        ended += 1;
      },
      handleEmptyQuery: () => undefined,
      handleReadyForQuery: () => done(outcomes),
      handleError(error: Error) {
        const failed = ended === -1 ? sent[0] : sent[ended];
        if (failed !== undefined) outcomes[failed] = { state: "failed", error };
        done(outcomes);
      },
    };
    client.query(train as unknown as pg.Submittable);
  });
}
