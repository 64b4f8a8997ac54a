// A worker that begins its job and never ends it, to be killed with the job in its hands.
import { callSql, openDatabase } from "#lib/db";
import { startJobs } from "#lib/jobs";

openDatabase(process.env.DATABASE_URL ?? "");
await startJobs({
  "test.note": async (payload) => {
    const { id } = payload as { id: string };
    await callSql("INSERT INTO noted (id, worker) VALUES ($1, 'first')", [`begun:${id}`]);
    process.stdout.write(`begun ${id}\n`);
    await new Promise(() => setInterval(() => undefined, 60_000));
  },
});
process.stdout.write("ready\n");
