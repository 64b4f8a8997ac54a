"use client";

import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { ConnectionView, PlatformCard } from "#contracts/connections";
import { pathOf, removalOf } from "./changes.ts";
import { SecretInput } from "./secret-input.tsx";

type ConfigField = PlatformCard["fields"][number];
type Secrets = ConnectionView["secrets"];

type Props = {
  platform: PlatformCard;
  /** The secrets of a connection that is there already. */
  secrets?: Secrets;
  values: Record<string, string>;
  errorAt: (path: string) => string | undefined;
  onChange: (path: string, value: string) => void;
};

/** The settings of a platform, as its adapter declares them. */
export function ConfigFields({ platform, secrets, values, errorAt, onChange }: Props) {
  return platform.fields.map((field) => {
    const { name, label, help, secret, required } = field;
    const path = pathOf(name);
    const removed = values[removalOf(name)] === "yes";
    const control = {
      value: removed ? "" : (values[path] ?? ""),
      placeholder: removed ? "Is removed when you save" : placeholderOf(field, secrets),
      onChange: (event: { target: { value: string } }) => onChange(path, event.target.value),
    };
    return (
      <Field
        key={name}
        label={label}
        description={help}
        optional={!required && secrets?.[name]?.set !== true}
        error={errorAt(path)}
      >
        {secret ? (
          <div className="flex gap-2">
            <SecretInput label={label} disabled={removed} {...control} />
            {!required && secrets?.[name]?.set ? (
              <Button onClick={() => onChange(removalOf(name), removed ? "" : "yes")}>
                {removed ? "Keep" : "Remove"}
                <span className="sr-only"> {label}</span>
              </Button>
            ) : undefined}
          </div>
        ) : (
          <Input spellCheck={false} {...control} />
        )}
      </Field>
    );
  });
}

function placeholderOf({ name, placeholder, secret, made }: ConfigField, secrets?: Secrets) {
  const kept = secrets?.[name];
  if (secret && kept?.set) {
    const which = kept.ending ? `The one that ends in …${kept.ending}` : "One is set";
    return `${which}. Leave empty to keep it`;
  }
  if (made !== undefined) return "Leave empty, and Baton makes one";
  return placeholder;
}
