import type { z } from "zod";
import type { ConnectionView, PlatformCard, SaveConnectionBody } from "#contracts/connections";

type Values = Record<string, string>;

/** Where a setting stands in a form's values; its errors come back under the same name. */
export function pathOf(name: string): string {
  return `settings.${name}`;
}

/** Where a form notes that a secret is to be taken away; an empty field only means that it stays. */
export function removalOf(name: string): string {
  return `removed.${name}`;
}

/** A connection as its form begins; a secret begins empty, whatever is kept. */
export function valuesOf({ name, settings }: ConnectionView, { fields }: PlatformCard): Values {
  const values = fields.map((field) => [pathOf(field.name), settings[field.name] ?? ""]);
  const removable = fields.filter(({ secret, required }) => secret && !required);
  const removals = removable.map((field) => [removalOf(field.name), ""]);
  return { name, ...Object.fromEntries([...values, ...removals]) };
}

/** What a new connection is given: a setting that is left empty is left out, so that Baton may choose it. */
export function filledIn({ fields }: PlatformCard, values: Values): Values {
  const given = fields.map(({ name }): [string, string] => [name, values[pathOf(name)]?.trim() ?? ""]);
  return Object.fromEntries(given.filter(([, value]) => value !== ""));
}

/**
 * What a save changes: a setting that was emptied is sent empty, a secret only when a new one was
 * typed or it is to be taken away.
 */
export function changesOf(
  { name, settings }: ConnectionView,
  { fields }: PlatformCard,
  values: Values,
): z.infer<typeof SaveConnectionBody> {
  const changed = fields.flatMap((field): [string, string][] => {
    const value = values[pathOf(field.name)]?.trim() ?? "";
    if (values[removalOf(field.name)] === "yes") return [[field.name, ""]];
    return value === (settings[field.name] ?? "") ? [] : [[field.name, value]];
  });
  return {
    ...(values.name !== name && { name: values.name }),
    ...(changed.length > 0 && { settings: Object.fromEntries(changed) }),
  };
}
