import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const Turn = z.object({
  /** Ways of saying the same; one of them is said. */
  says: z.array(z.string()).min(1),
  /** Empty where a person is called or offered before the agent answers. */
  answer: z.string(),
  article: z.string().optional(),
  confidence: z.number().optional(),
  /** Why the agent asks for a person, where it does. */
  helps: z.string().optional(),
  fails: z.boolean().default(false),
  /** How often the customer goes on with this at all. */
  maybe: z.number().default(1),
});
export type Turn = z.infer<typeof Turn>;

const Scenario = z.object({
  name: z.string(),
  language: z.string().default("en"),
  topic: z.string(),
  /** How often it comes up, beside the others. */
  weight: z.number(),
  /** More of it comes while parcels are late. */
  wave: z.boolean().default(false),
  team: z.string().optional(),
  tags: z.array(z.string()).default([]),
  turns: z.array(Turn).min(1),
  /** With what the customer comes back, where they do. */
  again: Turn.optional(),
  /** What is said once a person is there; a note is for operators only. */
  person: z.array(z.tuple([z.enum(["operator", "customer", "note"]), z.string()])).default([]),
});
export type Scenario = z.infer<typeof Scenario>;

/** Who speaks a language, and how they and the agent say what needs no scenario. */
const Voice = z.object({
  names: z.array(z.string()),
  thanks: z.array(z.string()),
  welcome: z.string(),
  again: z.string(),
  praise: z.array(z.string()),
  blame: z.array(z.string()),
});
export type Voice = z.infer<typeof Voice>;

const People = z.record(z.string(), Voice);
export type People = z.infer<typeof People>;

/** The voice of a language. Throws where nobody speaks it. */
export function voiceOf(people: People, language: string): Voice {
  const voice = people[language];
  if (voice === undefined) throw new Error(`Nobody in the demo speaks ${language}.`);
  return voice;
}

/** Reads what customers of the demo come with, and who they are. */
export async function readScenarios(folder: string): Promise<{ scenarios: Scenario[]; people: People }> {
  const [answered, escalated, people] = await Promise.all(
    ["answered", "escalated", "people"].map(async (name) =>
      JSON.parse(await readFile(join(folder, `${name}.json`), "utf8")),
    ),
  );
  return {
    scenarios: z.array(Scenario).parse([...answered, ...escalated]),
    people: People.parse(people),
  };
}
