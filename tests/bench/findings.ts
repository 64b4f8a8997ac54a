/** What a profile showed, by the beginning of a line's name; told beside a figure that falls short. */
export const findings: Record<string, string> = {
  "Durable messages": `Bare Node's message is one numbered insert into a table with two indexes; Baton's commit also writes the event row, and
moves the conversation in six list indexes. Keeping the same rows costs bare Node most of its lead (the line “bare Node
keeping the same rows”). In Postgres \`append\` takes 0.29 ms against 0.02 ms of the bare insert (pg_stat_statements with nested statements): 0.07 ms the
conversation's update with its list indexes, 0.03 ms the event, 0.02 ms the message, the rest foreign keys, PL/pgSQL and
JSON. In the server more than half of the processor's time is the kernel's, writing to sockets (\`--cpu-prof\`: \`writev\`
38 %, \`writeUtf8String\` 15 %): three writes a message (recognise, append, answer) against two; all of our own code
together is near 0.1 ms. The next step is to recognise the session and append in one round trip.`,
  "First token": `Before the model is asked there are three waits for Postgres one after another: recognise the session, commit the
message (which holds the run from then on), and the turn's reads, six at once with the articles' version. Bare Node, which
commits once and passes the words on, is some milliseconds above the model itself on the same machine. Ranking takes
under a millisecond; nearly all else is the kernel's time for socket writes and the switching between six database
processes on few cores (\`--cpu-prof\`). The next step is to read the turn's parts in one statement.`,
  Delivery: `Baton waits for Postgres twice (recognise the session, append) where bare Node waits once. In this run the floor itself had a
p99 above both, so the tails are mostly those of the disk and of other work on the machine.`,
  "Webhook intake": `Deliveries that come at once are recognised together and stored together (two groups at a time, up to 64 in
one), so Postgres is asked twice for a group where bare Node asks once for each. What is left is the server's own time
(\`--cpu-prof\`): a fifth for writing the answer, as much for writing to Postgres, a twentieth for the signature. In Postgres
\`take_in\` costs about a millisecond of its own and 0.08 ms a delivery; putting the job in line is near half of the first,
which is why a job that waits already is left where it is.`,
  "Webhook acknowledgement": `The worker shares the process. Writing one delivery into its conversation takes four waits for Postgres (two
for a group of reads, one for the thread's address where it changed, one for the append), and at 200 a second this is what the
processor does most of the time; the acknowledgement waits behind pieces of it. Six threads of a connection are handled at
once, so that the ten database connections are never all taken. With \`ROLE=web\` and a worker beside it the figure is that
of the intake.`,
  Inbox: `EXPLAIN ANALYZE at page 20: “all” begins at its cursor in the index (11 rows read, 0.2 ms). “needs_response”, whose first
key runs the other way than the rest, reads its index from the start and passes over the 190 rows before the page (0.2 ms),
so its deep pages cost more the deeper they are: a cursor that is one range of its index is still to be made. What page 20
shows beyond that came in a single round on a busy machine.`,
};
