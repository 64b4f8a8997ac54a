"use client";

import { type ReactNode, useId, useState } from "react";
import { Input } from "#components/ui/input.tsx";

type Choice = { id: string; name: string; leading?: ReactNode };

type Props = {
  label: string;
  /** What one choice is, in lower case. */
  item: string;
  choices: Choice[];
  chosen: string[];
  empty: string;
  onChange: (chosen: string[]) => void;
};

/** Several of a list; a long one can be searched. */
export function CheckList({ label, item, choices, chosen, empty, onChange }: Props) {
  const id = useId();
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const shown = choices.filter(({ name }) => name.toLowerCase().includes(wanted));

  function toggle(choice: string, on: boolean) {
    const others = chosen.filter((each) => each !== choice);
    onChange(on ? [...others, choice] : others);
  }

  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-ink text-sm">
        {label}
        <span className="ms-1.5 font-normal text-ink-3 tabular-nums">{chosen.length}</span>
      </legend>
      {choices.length > 8 ? (
        <Input
          aria-label={`Find a ${item}`}
          placeholder={`Find a ${item}…`}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      ) : undefined}
      {choices.length === 0 ? <p className="text-ink-3 text-sm">{empty}</p> : undefined}
      {choices.length > 0 ? (
        <ul className="max-h-56 overflow-y-auto rounded-md border border-line p-1">
          {shown.map((choice, index) => (
            <li key={choice.id}>
              <label
                htmlFor={`${id}-${index}`}
                className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm hover:bg-hover"
              >
                <input
                  id={`${id}-${index}`}
                  type="checkbox"
                  className="size-4 shrink-0 accent-accent"
                  checked={chosen.includes(choice.id)}
                  onChange={(event) => toggle(choice.id, event.target.checked)}
                />
                {choice.leading}
                <bdi className="truncate">{choice.name}</bdi>
              </label>
            </li>
          ))}
          {shown.length === 0 ? (
            <li className="px-2 py-1.5 text-ink-3 text-sm">None has this name.</li>
          ) : undefined}
        </ul>
      ) : undefined}
    </fieldset>
  );
}
