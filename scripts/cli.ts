// The commands of `npm run baton -- <command>`. A command is one line in the table; what it does is a service's work.
import { doctor } from "#lib/doctor";
import { explainStart } from "#lib/start-error";
import {
  bringArticles,
  createOwner,
  evalAnswers,
  evalEscalation,
  evalRetrieval,
  makeApiKey,
  rebuildReports,
  resetDemo,
  rotateStoredSecrets,
  signInLink,
} from "./cli-commands.ts";
import { withDatabase } from "./cli-database.ts";
import { practiceVoice } from "./cli-practice-voice.ts";

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
  "create-owner": {
    takes: "--company <name> --name <person> --email <address>",
    does: "makes a company and the link that signs its owner in once",
    run: (words) => createOwner(words, say),
  },
  "sign-in-link": {
    takes: "--email <address>",
    does: "makes a link that signs a person in once",
    run: (words) => signInLink(words, say),
  },
  "api-key create": {
    takes: "--company <slug> --name <name> --scope <scope,…>",
    does: "makes an API key and shows it once",
    run: (words) => makeApiKey(words, say),
  },
  "secrets rotate": {
    does: "puts stored credentials under the newest BATON_SECRET",
    run: () => rotateStoredSecrets(say),
  },
  "import-articles": {
    takes: "<folder> [--company <slug>]",
    does: "brings a folder of Markdown files in as help articles",
    run: (words) => bringArticles(words, say),
  },
  "analytics rebuild": {
    takes: "[--company <slug>]",
    does: "makes the facts that reports count again from the log",
    run: (words) => rebuildReports(words, say),
  },
  "demo reset": { does: "makes the demo company anew", run: () => resetDemo(say) },
  "practice-voice": {
    takes: "[--port <port>] [--number <+number>] [--baton <address>]",
    does: "plays the API of ElevenLabs, for trying calls without an account",
    run: (words) => practiceVoice(words, say),
  },
  "eval escalation": {
    takes: "<file.jsonl>",
    does: "measures how well requests for a person are heard",
    run: (words) => evalEscalation(words, say),
  },
  "eval answers": {
    takes: "[--company <slug>] [--baseline <file.json>]",
    does: "asks the AI the test cases anew, and fails where it became worse",
    run: (words) => evalAnswers(words, say),
  },
  "eval retrieval": {
    takes: "--articles <file.json> --questions <file.json>",
    does: "measures how often the right article is found first",
    run: (words) => evalRetrieval(words, say),
  },
  eval: {
    takes: "[--company <slug>] [--baseline <file.json>]",
    does: "the same as eval answers",
    run: (words) => evalAnswers(words, say),
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
