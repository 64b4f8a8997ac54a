"use client";

import { useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { SearchList } from "#components/ui/search-list.tsx";
import type { Template } from "#contracts/operator";
import { composerId } from "./composer-id.ts";

type Props = {
  templates: Template[];
  hint: string;
  onChoose: (template: Template) => void;
  onName: () => void;
};

/** The approved templates, found by any of their words. */
export function TemplatePicker({ templates, hint, onChoose, onName }: Props) {
  const [query, setQuery] = useState("");
  return (
    <>
      <SearchList
        id={composerId}
        label="Template"
        placeholder="Find a template by its name or words…"
        query={query}
        onQuery={setQuery}
        items={matching(templates, query)}
        keyOf={keyOf}
        onChoose={onChoose}
        onEscape={(field) => field.blur()}
        className="max-h-[min(12rem,26dvh)]"
        empty={
          <>
            No template has these words.{" "}
            <Button variant="link" onClick={onName}>
              Send one by its name
            </Button>
          </>
        }
      >
        {({ name, language, body }) => (
          <span className="min-w-0 flex-1">
            <span className="flex items-center gap-2">
              <bdi className="truncate font-medium">{name}</bdi>
              <Badge>{language}</Badge>
            </span>
            <span dir="auto" className="block truncate text-ink-3 text-xs">
              {body.replace(/\s+/g, " ")}
            </span>
          </span>
        )}
      </SearchList>
      {hint ? <p className="text-ink-3 text-xs">{hint}</p> : undefined}
    </>
  );
}

/** Templates that hold every word of a query, anywhere. */
function matching(templates: Template[], query: string): Template[] {
  const words = query.toLocaleLowerCase().split(/\s+/);
  return templates.filter(({ name, language, body }) => {
    const all = `${name} ${name.replaceAll("_", " ")} ${language} ${body}`.toLocaleLowerCase();
    return words.every((word) => all.includes(word));
  });
}

function keyOf({ name, language }: Template): string {
  return `${name} ${language}`;
}
