import type { Env } from "#lib/env";
import type { MakeNext } from "./pages.ts";

/** A line of the banner: what it is, and its address. */
export type Greeting = { label: string; address: string };

/** What the parts of one process know of each other while they start. */
export type House = {
  env: Env;
  /** The folder of the program. */
  root: string;
  dev: boolean;
  next: MakeNext;
  /** The database in use: the one given, or the embedded one as soon as it runs. */
  databaseUrl: string;
  /** Where people reach this process; known for sure once its door is open. */
  baseUrl: string;
  /** Asked for their line when all parts run. */
  greetings: ((baseUrl: string) => Promise<Greeting | undefined> | Greeting | undefined)[];
};

/** Makes an empty house. */
export function newHouse(env: Env, root: string, next: MakeNext): House {
  const dev = env.NODE_ENV === "development";
  return {
    env,
    root,
    dev,
    next,
    databaseUrl: env.DATABASE_URL ?? "",
    baseUrl: env.PUBLIC_BASE_URL,
    greetings: [],
  };
}
