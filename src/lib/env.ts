import { z } from "zod";
import { once } from "#lib/registry";
import { StartError } from "#lib/start-error";

const words = {
  url: "must be an address such as https://help.example.com",
  number: "must be a whole number above zero",
};
const count = (standard: number) =>
  z.coerce.number(words.number).int(words.number).positive(words.number).default(standard);
const flag = z.enum(["true", "false"], "must be true or false").transform((text) => text === "true");
const secret = z
  .string()
  .min(32, "must have 32 characters or more, such as the output of: openssl rand -base64 32");
const database = z
  .string()
  .regex(/^postgres(ql)?:\/\//, "must look like postgresql://user:password@host:5432/database");
const address = (standard: string) =>
  z
    .url({ protocol: /^https?$/, error: words.url })
    .default(standard)
    .transform((url) => url.replace(/\/$/, ""));
const list = z.string().transform((text) => text.split(",").flatMap((part) => part.trim() || []));

// Whoever could change these could sign in Microsoft's name, so a production process takes no others.
const teams = {
  TEAMS_LOGIN_BASE_URL: "https://login.microsoftonline.com",
  TEAMS_OPENID_METADATA_URL: "https://login.botframework.com/v1/.well-known/openidconfiguration",
  TEAMS_ISSUER: "https://api.botframework.com",
};

// Each variable stands in .env.example too, with its default; tests/house/env-example.test.ts holds them together.
const variables = z.object({
  NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
  PORT: z.coerce.number("must be a number from 0 to 65535").int().min(0).max(65535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  PUBLIC_BASE_URL: z.url({ protocol: /^https?$/, error: words.url }).optional(),
  TRUSTED_PROXIES: list.default([]),
  DATABASE_URL: database.optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, "must look like redis://host:6379")
    .optional(),
  BATON_DATA: z.string().default("./data"),
  BATON_SECRET: secret.optional(),
  BATON_SECRET_PREVIOUS: secret.optional(),
  ROLE: z.enum(["all", "web", "worker"], "must be all, web or worker").default("all"),
  DEMO: flag.optional(),
  DEMO_PAST: flag.prefault("true"),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/, error: words.url }).optional(),
  OPENAI_MODEL: z.string().default("gpt-4.1-mini"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  RATE_COMPANY_PER_MINUTE: count(1000),
  RATE_SESSION_PER_MINUTE: count(30),
  RATE_IP_PER_MINUTE: count(100),
  RATE_WEBHOOK_PER_MINUTE: count(30_000),
  HEARTBEAT_SECONDS: count(15),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/]+/, "must look like smtp://user:password@mail.example.com:587")
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/, 'must look like "Support <help@example.com>"')
    .optional(),
  OUTBOUND_PRIVATE_HOSTS: list.default([]),
  META_GRAPH_BASE_URL: address("https://graph.facebook.com"),
  META_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, "must look like v23.0")
    .default("v23.0"),
  TELEGRAM_API_ROOT: address("https://api.telegram.org"),
  SLACK_API_URL: address("https://slack.com/api"),
  TWILIO_API_BASE_URL: address("https://api.twilio.com"),
  ELEVENLABS_API_URL: address("https://api.elevenlabs.io"),
  TEAMS_LOGIN_BASE_URL: address(teams.TEAMS_LOGIN_BASE_URL),
  TEAMS_OPENID_METADATA_URL: address(teams.TEAMS_OPENID_METADATA_URL),
  TEAMS_ISSUER: address(teams.TEAMS_ISSUER),
});

type Parsed = z.infer<typeof variables>;

/** What the environment says, with every default filled in. */
export type Env = Omit<Parsed, "PUBLIC_BASE_URL" | "DEMO"> & { PUBLIC_BASE_URL: string; DEMO: boolean };

/** Tells every problem of the environment at once. */
export class EnvError extends StartError {
  constructor(problems: string[]) {
    const many = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    super(
      `The environment has ${many}:\n  ${problems.join("\n  ")}`,
      "Each variable is explained in .env.example.",
    );
    this.name = "EnvError";
  }
}

/** Reads the environment, taking an empty variable for an absent one. Throws `EnvError` with all problems at once. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== "");
  const parsed = variables.safeParse(Object.fromEntries(given));
  if (!parsed.success)
    throw new EnvError(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`));
  const { data } = parsed;
  const lured = Object.entries(teams).filter(
    ([name, own]) => data.NODE_ENV === "production" && data[name as keyof typeof teams] !== own,
  );
  if (lured.length > 0)
    throw new EnvError(lured.map(([name, own]) => `${name}: must be ${own} in production, or left out`));
  return {
    ...data,
    PUBLIC_BASE_URL: (data.PUBLIC_BASE_URL ?? `http://localhost:${data.PORT}`).replace(/\/$/, ""),
    DEMO: data.DEMO ?? data.DATABASE_URL === undefined,
  };
}

/** The environment of this process, read at the first look, so that who imports it need not be ready for a throw. */
export const env: Env = new Proxy({} as Env, {
  get: (_, name) =>
    Reflect.get(
      once("env", () => readEnv(process.env)),
      name,
    ),
});

/** The names of all variables that Baton reads. */
export const variableNames = Object.keys(variables.shape);
