// The commands of `npm run baton -- <command>`. A command is one line in the table; what it does is a service's work.
import { doctor } from "#lib/doctor";
import { explainStart } from "#lib/start-error";
import { withDatabase } from "./cli-database.ts";

type Command = {
  /** What stands after the name, for the help. */
  takes?: string;
  does: string;
  run(args: string[]): Promise<number | undefined> | Promise<void>;
};

const commands: Record<string, Command> = {
  doctor: {
    does: "checks each part and says how to mend it",
    run: () => doctor(say),
  },
  migrate: {
    does: "brings the database to the newest schema",
    run: () =>
      withDatabase(async ({ applied }) => say(applied.length === 0 ? "Nothing to do." : applied.join("\n"))),
  },
};

process.exitCode = await main(process.argv.slice(2));

async function main(words: string[]): Promise<number> {
  const found = Object.entries(commands).find(
    ([name]) => name === words.slice(0, name.split(" ").length).join(" "),
  );
  if (found === undefined) {
    help();
    return words.length === 0 || words[0] === "help" ? 0 : 1;
  }
  const [name, command] = found;
  try {
    return (await command.run(words.slice(name.split(" ").length))) ?? 0;
  } catch (error) {
    process.stderr.write(
      `${explainStart(error) ?? (error instanceof Error ? error.message : "It failed.")}\n`,
    );
    return 1;
  }
}

function help(): void {
  say("npm run baton -- <command>\n");
  const lines = Object.entries(commands).map(
    ([name, { takes = "", does }]) => [`${name} ${takes}`, does] as const,
  );
  const width = Math.max(...lines.map(([call]) => call.length)) + 2;
  for (const [call, does] of lines) say(`  ${call.padEnd(width)}${does}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
