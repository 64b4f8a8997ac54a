import { randomBytes } from "node:crypto";
import { AppError } from "#lib/errors";
import { newToken } from "#lib/ids";
import { type Channel, configFields } from "#services/channels";

export type Split = { settings: Record<string, string>; secrets: Record<string, string> };

// Secrets that the platform is given by us; the others are the platform's, and only its console knows them.
const chosenByUs: Record<string, () => string> = {
  verifyToken: newToken,
  webhookSecret: newToken,
  secret: () => `whsec_${randomBytes(32).toString("base64")}`,
};

/** Chooses the secrets that were left out and that are ours to choose. */
export function chosenSecrets(channel: Channel, given: Record<string, string>): Record<string, string> {
  const missing = configFields(channel.config).filter(
    ({ name, secret, required }) => secret && required && blank(given[name]),
  );
  return Object.fromEntries(
    missing.flatMap(({ name }) => {
      const choose = chosenByUs[name];
      return choose === undefined ? [] : [[name, choose()]];
    }),
  );
}

/** Checks the settings of a channel and parts what is secret from what is not. Throws `invalid` naming each field. */
export function checkedSettings(channel: Channel, given: Record<string, string>): Split {
  const fields = configFields(channel.config);
  const known = new Map(fields.map((field) => [field.name, field]));
  const unknown = Object.keys(given).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new AppError("invalid", `${channel.label} has no setting "${unknown.slice(0, 60)}".`);
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => !blank(value)));
  const parsed = channel.config.safeParse(filled);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => {
      const field = known.get(String(path[0]));
      return {
        field: String(path[0] ?? ""),
        message: message.startsWith("Invalid input") ? `${field?.label} is missing.` : message,
      };
    });
    throw new AppError("invalid", problems.map(({ message }) => message).join(" "), {
      details: { problems },
    });
  }
  const texts = Object.entries(parsed.data).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as const] : [],
  );
  const isSecret = ([name]: readonly [string, string]) => known.get(name)?.secret === true;
  return {
    settings: Object.fromEntries(texts.filter((entry) => !isSecret(entry))),
    secrets: Object.fromEntries(texts.filter(isSecret)),
  };
}

function blank(value: string | undefined): boolean {
  return value === undefined || value.trim() === "";
}
