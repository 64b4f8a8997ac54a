import pg from "pg";

/** A statement that reads; a name lets each connection parse it once. */
export type Statement = { text: string; values: unknown[]; name?: string | undefined };

/** What became of a statement; `skipped` never ran, because one before it failed. */
export type Outcome<Row> =
  | { state: "read"; rows: Row[] }
  | { state: "failed"; error: Error }
  | { state: "skipped" };

/** The messages of Postgres's extended protocol that are sent here by hand, and what `pg` knows of a connection. */
type Wire = {
  stream: { writable: boolean; write(bytes: Uint8Array): unknown; cork(): void; uncork(): void };
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
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

const enter = {
  name: "enter",
  text: "SELECT set_config('transaction_read_only', 'on', true), set_config('baton.company', $1, true)",
};

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
    let outcomes: Outcome<Row>[] = statements.map(() => ({ state: "skipped" }));
    const sent: number[] = [];
    // The first row and the first end are those of the statement that entered the company.
    let ended = -1;
    const current = () => sent[ended] ?? -1;
    const running = () => (ended === -1 ? enter : statements[current()]);
    function end(): void {
      const query = asked[current()];
      if (query !== undefined) outcomes[current()] = { state: "read", rows: query._result.rows as Row[] };
      ended += 1;
    }
    const train = {
      // Read by `pg` to know which statement was just parsed.
      get name() {
        return running()?.name;
      },
      get text() {
        return running()?.text;
      },
      submit(connection: Wire): null {
        const { wire, parts } = draft(connection);
        if (connection.parsedStatements[enter.name] === undefined) wire.parse(enter);
        wire.bind({ statement: enter.name, values: [companyId] });
        wire.execute({});
        for (const [at, query] of asked.entries()) {
          const refused = board(query, wire, parts);
          if (refused === null) sent.push(at);
          else outcomes[at] = { state: "failed", error: refused };
        }
        connection.stream.cork();
        if (connection.stream.writable) connection.stream.write(Buffer.concat(parts));
        connection.sync();
        connection.stream.uncork();
        return null;
      },
      handleRowDescription: (message: unknown) => asked[current()]?.handleRowDescription(message),
      handleDataRow: (message: unknown) => asked[current()]?.handleDataRow(message),
      handleCommandComplete(message: unknown, connection: unknown) {
        asked[current()]?.handleCommandComplete(message, connection);
        end();
      },
      handleEmptyQuery: end,
      handleReadyForQuery: () => done(outcomes),
      handleError(error: Error) {
        const failed: Outcome<Row> = { state: "failed", error };
        // Where not even the company was entered, nothing can be read.
        if (ended === -1) outcomes = outcomes.map((known) => (known.state === "skipped" ? failed : known));
        else if (current() !== -1) outcomes[current()] = failed;
        done(outcomes);
      },
    };
    client.query(train as unknown as pg.Submittable);
  });
}

/**
 * A connection that writes down what it is to send. It keeps its own list of names: what `pg` notes as submitted would
 * stay noted where the server skips it, and the statement would never be parsed.
 */
function draft(connection: Wire): { wire: Wire; parts: Uint8Array[] } {
  const parts: Uint8Array[] = [];
  const nothing = () => undefined;
  const write = (part: Uint8Array) => parts.push(part);
  const stream: Wire["stream"] = { writable: true, write, cork: nothing, uncork: nothing };
  const wire: Wire = Object.create(connection, {
    stream: { value: stream },
    sync: { value: nothing },
    submittedNamedStatements: { value: {}, writable: true },
  });
  return { wire, parts };
}

/** Adds one statement to the draft, or nothing of it where a value cannot be written down. */
function board(query: Course, wire: Wire, parts: Uint8Array[]): Error | null {
  const [begun, names] = [parts.length, { ...wire.submittedNamedStatements }];
  try {
    const refused = query.submit(wire);
    if (refused === null) return null;
    throw refused;
  } catch (error) {
    parts.length = begun;
    wire.submittedNamedStatements = names;
    return error as Error;
  }
}
