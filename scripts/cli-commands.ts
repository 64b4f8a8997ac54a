// What the commands of `npm run baton` ask of the services; each takes the words after its name.
import { parseArgs } from "node:util";
import { bootstrapDemo } from "#http/boot/demo";
import { env } from "#lib/env";
import { pushKeys } from "#lib/push-keys";
import { StartError } from "#lib/start-error";
import {
  closeIdentity,
  companyBySlug,
  createApiKey,
  createCompanyWithOwner,
  createSignInLink,
  removeDemoCompany,
  userByEmail,
} from "#services/accounts";
import { rebuild } from "#services/analytics";
import { copilotPorts } from "#services/chat";
import { rotateSecrets } from "#services/connections";
import { runAnswerEval } from "#services/copilot";
import { runEscalationEval } from "#services/escalation";
import { importArticles, runRetrievalEval } from "#services/knowledge";
import { withDatabase } from "./cli-database.ts";

type Print = (line: string) => void;
const scopes = ["conversations:read", "conversations:write", "admin"] as const;

/** Makes a company with its owner, and prints the link that signs the owner in once. */
export async function createOwner(words: string[], print: Print): Promise<void> {
  const { company, name, email } = options(words, ["company", "name", "email"]);
  await inDatabase(async () => {
    const { userId } = await createCompanyWithOwner({ company, name, email });
    print(`${company} is there. Sign in once, within 30 minutes, with:`);
    print(new URL(await createSignInLink(userId), env.PUBLIC_BASE_URL).href);
  });
}

/** Makes a link that signs a person in once, for whoever has lost their password. */
export async function signInLink(words: string[], print: Print): Promise<void> {
  const { email } = options(words, ["email"]);
  await inDatabase(async () => {
    const userId = await userByEmail(email);
    if (userId === undefined) throw new StartError(`Nobody here has the address ${email}.`);
    print(new URL(await createSignInLink(userId), env.PUBLIC_BASE_URL).href);
  });
}

/** Makes an API key and prints it, for the only time. */
export async function makeApiKey(words: string[], print: Print): Promise<void> {
  const { company, name, scope } = options(words, ["company", "name", "scope"]);
  const wanted = scope.split(",").map((one) => one.trim());
  const known = scopes.filter((one) => wanted.includes(one));
  if (known.length !== wanted.length) throw new StartError(`A scope is one of: ${scopes.join(", ")}.`);
  await inDatabase(async () => {
    const { key } = await createApiKey(await companyOf(company), { name, scopes: known });
    print(`${key}\nKeep it safe: it is shown only this once.`);
  });
}

/** Puts all stored credentials under the newest BATON_SECRET. */
export async function rotateStoredSecrets(print: Print): Promise<void> {
  await inDatabase(async () => {
    const changed = await rotateSecrets();
    // Sealed anew when it is read.
    await pushKeys();
    print(
      `${changed} connections are sealed with the new secret. BATON_SECRET_PREVIOUS can be taken away now.`,
    );
  });
}

/** Brings the Markdown files of a folder in as articles. */
export async function bringArticles(words: string[], print: Print): Promise<void> {
  const { values, positionals } = parseArgs({
    args: words,
    options: { company: { type: "string" } },
    allowPositionals: true,
  });
  const folder = positionals[0];
  if (folder === undefined) throw new StartError("Name the folder of Markdown files.");
  await inDatabase(async () => {
    const done = await importArticles(await companyOf(values.company), folder);
    print(`${done.created} created, ${done.updated} updated, ${done.unchanged} unchanged.`);
  });
}

/** Makes the demo company anew. */
export async function resetDemo(print: Print): Promise<void> {
  await inDatabase(async () => {
    await removeDemoCompany();
    const demo = await bootstrapDemo();
    print("The demo company is as new. Sign in once, within 30 minutes, with:");
    print(new URL(await createSignInLink(demo.ownerId), env.PUBLIC_BASE_URL).href);
  });
}

/** Measures how well requests for a person are heard. */
export async function evalEscalation(words: string[], print: Print): Promise<number> {
  const path = words[0];
  if (path === undefined) throw new StartError("Name the file of phrasings, one JSON object a line.");
  return runEscalationEval(path, print);
}

/** Measures how often the right article is found first. */
export async function evalRetrieval(words: string[], print: Print): Promise<void> {
  const { articles, questions } = options(words, ["articles", "questions"]);
  await withDatabase(() => runRetrievalEval({ articlesPath: articles, questionsPath: questions, print }));
}

/** Runs the test cases of a company through its AI; fails where an answer became worse. */
export async function evalAnswers(words: string[], print: Print): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: { company: { type: "string" }, baseline: { type: "string" } },
  });
  return withDatabase(async () => {
    try {
      const { model } = copilotPorts();
      return await runAnswerEval(await companyOf(values.company), {
        model,
        baselinePath: values.baseline,
        print,
      });
    } finally {
      await closeIdentity();
    }
  });
}

/** Makes the facts that reports count again from the first conversation on. */
export async function rebuildReports(words: string[], print: Print): Promise<void> {
  const { values } = parseArgs({ args: words, options: { company: { type: "string" } } });
  await inDatabase(async () => {
    const { companyId } = await companyOf(values.company);
    const conversations = await rebuild(companyId);
    print(`${conversations.toLocaleString("en")} conversations are counted anew.`);
  });
}

async function inDatabase(work: () => Promise<void>): Promise<void> {
  await withDatabase(async () => {
    try {
      await work();
    } finally {
      await closeIdentity();
    }
  });
}

async function companyOf(slug: string | undefined): Promise<{ kind: "system"; companyId: string }> {
  const found = await companyBySlug(slug);
  if (found === undefined) {
    throw new StartError(
      slug === undefined
        ? "There are several companies, or none: say which with --company <slug>."
        : `There is no company “${slug}”.`,
    );
  }
  return { kind: "system", companyId: found };
}

function options<Name extends string>(words: string[], names: Name[]): Record<Name, string> {
  const { values } = parseArgs({
    args: words,
    options: Object.fromEntries(names.map((name) => [name, { type: "string" as const }])),
  });
  const missing = names.filter((name) => values[name] === undefined);
  if (missing.length > 0) {
    throw new StartError(`Say ${missing.map((name) => `--${name} <${name}>`).join(" ")} too.`);
  }
  return values as Record<Name, string>;
}
