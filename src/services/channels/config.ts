import { z } from "zod";

/** How a setting is shown in the form of its channel. */
export type FieldWords = { label: string; help: string; placeholder?: string };

/** A secret that the platform is given by us, so that it may be made up: any text, or one of Standard Webhooks. */
export type Made = "token" | "standard_webhooks";

type FieldMeta = FieldWords & { secret?: boolean; made?: Made };

/** A setting that is no secret. */
export function field(words: FieldWords): z.ZodString {
  return z
    .string()
    .trim()
    .min(1, `${words.label} is missing.`)
    .max(500)
    .meta({ ...words });
}

/** A setting that is encrypted at rest and never shown again. */
export function secret(words: FieldWords & { made?: Made }): z.ZodString {
  return field(words).meta({ ...words, secret: true });
}

/** One setting of a channel, for its form. */
export type ConfigField = FieldWords & {
  name: string;
  secret: boolean;
  required: boolean;
  made: Made | undefined;
};

/** The settings of a channel in the order they were declared. */
export function configFields(config: z.ZodObject): ConfigField[] {
  return Object.entries(config.shape).map(([name, schema]) => {
    const type = schema as z.ZodType;
    const meta = metaOf(type);
    return {
      name,
      label: meta?.label ?? name,
      help: meta?.help ?? "",
      placeholder: meta?.placeholder,
      secret: meta?.secret ?? false,
      required: !type.safeParse(undefined).success,
      made: meta?.made,
    };
  });
}

function metaOf(schema: z.ZodType): FieldMeta | undefined {
  const own = schema.meta() as FieldMeta | undefined;
  if (own !== undefined) return own;
  const inner = (schema.def as { innerType?: z.ZodType }).innerType;
  return inner === undefined ? undefined : metaOf(inner);
}
