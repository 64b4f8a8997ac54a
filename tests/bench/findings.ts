/** What a profile showed, by the beginning of a line's name; told beside a figure that falls short. */
export const findings: Record<string, string> = {
  "Durable messages": `Bare Node's message is one numbered insert into a table with two indexes; Baton's commit also proves the
session, writes the event row, and moves the conversation in nine list indexes. Keeping the same rows costs bare Node its whole
lead (the line “bare Node keeping the same rows”). In Postgres (\`perf\`, all samples of one backend that appends twelve at a
time) \`append\` takes near 0.35 ms a message: a third for writing rows and their indexes, a quarter for starting the executor
of each of its statements, a seventh for foreign keys and triggers, the rest JSON and PL/pgSQL. Alerts, words for the search
and facts for reports are made of the same messages by the same process, and take a quarter of one processor. The next step
is to lock and check all commands of a commit in one statement each.`,
  "First token": `Before the model is asked the words are committed, with the session proven in the same statement, while the turn's
six reads travel beside it. Measured within the server: 4 to 5 ms until the commit is told, 0.2 until the basis is at hand,
1.5 until the model's request is on its socket (prompt and client library), and after the model's first word 0.5 until it is
on the customer's. The commit alone takes 3 ms where nothing runs beside it: the reads, the ranking and the commit share two
logical processors, so what one of them saves, all gain. Bare Node, which commits once and passes the words on, is some
milliseconds above the model itself on the same machine. The next step is to keep a company's agent, rules and hours in the
process and have the commit prove their version.`,
  Delivery: `Baton waits for Postgres once, as bare Node does, but for a commit that costs more (see above). In this run the floor itself had a
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
