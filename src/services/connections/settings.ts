import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { AppError } from "#lib/errors";
import { newToken } from "#lib/ids";
import { type Channel, configFields, type Made } from "#services/channels";

export type Split = { settings: Record<string, string>; secrets: Record<string, string> };

const makers: Record<Made, () => string> = {
  token: newToken,
  standard_webhooks: () => `whsec_${randomBytes(32).toString("base64")}`,
};

/** Chooses the secrets that were left out and that are ours to choose. */
export function chosenSecrets(channel: Channel, given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    configFields(channel.config).flatMap(({ name, made }) =>
      made === undefined || !blank(given[name]) ? [] : [[name, makers[made]()]],
    ),
  );
}

/** Checks the settings of a channel and parts what is secret from what is not. Throws `invalid` naming each field. */
export function checkedSettings(channel: Channel, given: Record<string, string>): Split {
  const fields = configFields(channel.config);
  const known = new Map(fields.map((field) => [field.name, field]));
  const unknown = Object.keys(given).find((name) => !known.has(name));
  if (unknown !== undefined) throw notThese({ [unknown]: `${channel.label} has no setting "${unknown}".` });
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => !blank(value)));
  const parsed = channel.config.safeParse(filled);
  if (!parsed.success) {
    const problems: Record<string, string> = {};
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      problems[name] ??= inWords(issue, known.get(name)?.label ?? "");
    }
    throw notThese(problems);
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

/** The refusal of settings, with what is wrong with each under the name that it has in the request. */
function notThese(problems: Record<string, string>): AppError {
  const fields = Object.entries(problems).map(([name, words]) => [`settings.${name}`, words]);
  return new AppError("invalid", Object.values(problems).join(" "), {
    details: { fields: Object.fromEntries(fields) },
  });
}

/** What is wrong with a setting, as a sentence that names it. */
function inWords({ code, message }: z.core.$ZodIssue, label: string): string {
  if (code === "invalid_type") return `${label} is missing.`;
  if (code === "too_big") return `${label} is too long.`;
  return message.toLowerCase().includes(label.toLowerCase()) ? message : `${label}: ${message}`;
}

function blank(value: string | undefined): boolean {
  return value === undefined || value.trim() === "";
}
