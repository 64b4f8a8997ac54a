"use client";

import { Plus, X } from "lucide-react";
import { useId } from "react";
import { Button, IconButton } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type Props = {
  label: string;
  description: string;
  /** What one line is, in lower case. */
  item: string;
  placeholder?: string;
  most: number;
  values: string[];
  error?: string | undefined;
  onChange: (values: string[]) => void;
};

/** A short list of lines, each its own input. */
export function LinesField({ label, description, item, placeholder, most, values, error, onChange }: Props) {
  const id = useId();
  return (
    <fieldset aria-describedby={`${id}-help`} className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-ink text-sm">{label}</legend>
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
        <div key={index} className="flex items-center gap-1">
          <Input
            aria-label={`${capital(item)} ${index + 1}`}
            aria-invalid={error ? true : undefined}
            placeholder={placeholder}
            value={value}
            onChange={(event) => onChange(values.with(index, event.target.value))}
          />
          <IconButton
            label={`Remove ${item} ${index + 1}`}
            icon={<X aria-hidden />}
            onClick={() => onChange(values.toSpliced(index, 1))}
          />
        </div>
      ))}
      {values.length < most ? (
        <Button size="sm" className="self-start" onClick={() => onChange([...values, ""])}>
          <Plus aria-hidden />
          Add {item}
        </Button>
      ) : undefined}
      <p id={`${id}-help`} className="text-ink-3 text-xs">
        {description}
      </p>
      {error ? <FieldError>{error}</FieldError> : undefined}
    </fieldset>
  );
}

function capital(word: string) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
