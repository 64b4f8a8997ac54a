import pg from "pg";
import { once } from "#lib/registry";

/** The messages of Postgres's extended protocol that are sent here by hand. */
type Wire = {
  stream: { cork(): void; uncork(): void };
  parse(statement: { name: string; text: string }): void;
  bind(portal: { statement: string; values: string[] }): void;
  execute(portal: Record<string, never>): void;
};

/** How a query is sent and hears its answer, which the types of `pg` do not tell. */
type Course = {
  callback(error: Error | null, result: pg.QueryResult): void;
  submit(connection: Wire): Error | null;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: unknown): void;
};

const enter = "SELECT set_config('transaction_read_only', 'on', true), set_config('baton.company', $1, true)";

/** The connections that have parsed the statement above; one list for both module graphs, as they share the connections. */
const acquainted = () => once("database.acquainted", () => new WeakSet<Wire>());

/**
 * Reads rows as one company, in one round trip: the statement that names the company and the one that reads travel
 * together, and what comes before one Sync is one transaction (PostgreSQL, "Pipelining" of the extended protocol).
 */
export function readWithin<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  companyId: string,
  { text, values, name }: { text: string; values: unknown[]; name?: string | undefined },
): Promise<Row[]> {
  return new Promise((done, fail) => {
    // Extended also without values: a simple query would be a transaction of its own.
    const asked = { text, values, name, queryMode: "extended" };
    const query = new pg.Query(asked);
    const plain: Course = pg.Query.prototype as unknown as Course;
    let entered = false;
    const course: Course = {
      callback: (error, result) => (error === null ? done(result.rows as Row[]) : fail(error)),
      submit(connection) {
        connection.stream.cork();
        try {
          if (!acquainted().has(connection)) connection.parse({ name: "enter", text: enter });
          acquainted().add(connection);
          connection.bind({ statement: "enter", values: [companyId] });
          connection.execute({});
          return plain.submit.call(query, connection);
        } finally {
          connection.stream.uncork();
        }
      },
      // The first row and the first end are those of the statement that entered the company.
      handleDataRow(message) {
        if (entered) plain.handleDataRow.call(query, message);
      },
      handleCommandComplete(message, connection) {
        if (entered) plain.handleCommandComplete.call(query, message, connection);
        entered = true;
      },
    };
    client.query(Object.assign(query, course));
  });
}
