"use client";

import { X } from "lucide-react";
import { useId, useState } from "react";
import { Label } from "#components/ui/field.tsx";
import { SearchList } from "#components/ui/search-list.tsx";
import { languageName } from "#contracts/language-name";
import { findLanguages } from "./languages.ts";

type Props = { values: string[]; onChange: (values: string[]) => void };

/** The languages somebody answers in, found by their names; none means any. */
export function LanguageField({ values, onChange }: Props) {
  const id = useId();
  const [query, setQuery] = useState("");
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={id}>Languages</Label>
      {values.length > 0 ? (
        <ul aria-label="Chosen languages" className="flex flex-wrap gap-1.5">
          {values.map((code) => (
            <li
              key={code}
              className="inline-flex h-7 items-center gap-1 rounded-full border border-line bg-sunken ps-2.5 pe-1 text-ink-2 text-xs"
            >
              {languageName(code)}
              <button
                type="button"
                aria-label={`Remove ${languageName(code)}`}
                onClick={() => onChange(values.filter((other) => other !== code))}
                className="inline-flex size-5 items-center justify-center rounded-full hover:bg-hover hover:text-ink"
              >
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      ) : undefined}
      <SearchList
        id={id}
        label="Find a language"
        placeholder="German, Arabic…"
        query={query}
        onQuery={setQuery}
        items={findLanguages(query, values)}
        keyOf={(code) => code}
        onChoose={(code) => {
          onChange([...values, code]);
          setQuery("");
        }}
        className="max-h-48"
        empty={emptyWords(query, values)}
      >
        {(code) => (
          <>
            <span className="flex-1">{languageName(code)}</span>
            <code className="font-mono text-ink-3 text-xs">{code}</code>
          </>
        )}
      </SearchList>
    </div>
  );
}

function emptyWords(query: string, values: string[]): string {
  if (query.trim() !== "") return "No language has this name.";
  return values.length === 0 ? "None chosen: conversations in any language are given to them." : "";
}
