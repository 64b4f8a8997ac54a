"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type Props = { label: string; values: string[]; disabled: boolean; onChange: (values: string[]) => void };

/** A set of words: type one, press Enter; press its cross to take it away. */
export function WordsField({ label, values, disabled, onChange }: Props) {
  const [draft, setDraft] = useState("");

  function add() {
    const words = draft.split(/[,\n]/).map((word) => word.trim());
    const fresh = words.filter((word) => word !== "" && !values.includes(word));
    if (fresh.length > 0) onChange([...values, ...new Set(fresh)]);
    setDraft("");
  }

  return (
    <div className="flex flex-col gap-2">
      <Field label={label} description="Enter or a comma adds one.">
        <div className="flex gap-2">
          <Input
            value={draft}
            disabled={disabled}
            maxLength={400}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== ",") return;
              event.preventDefault();
              add();
            }}
          />
          <Button disabled={disabled || draft.trim() === ""} onClick={add}>
            Add
          </Button>
        </div>
      </Field>
      {values.length > 0 ? (
        <ul aria-label={label} className="flex flex-wrap gap-1.5">
          {values.map((word) => (
            <li
              key={word}
              className="inline-flex h-7 items-center gap-1 rounded-full border border-line bg-sunken ps-2.5 pe-1 text-ink-2 text-xs"
            >
              {word}
              <button
                type="button"
                aria-label={`Remove ${word}`}
                disabled={disabled}
                onClick={() => onChange(values.filter((other) => other !== word))}
                className="inline-flex size-5 items-center justify-center rounded-full hover:bg-hover hover:text-ink"
              >
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      ) : undefined}
    </div>
  );
}
