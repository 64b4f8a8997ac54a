"use client";

import { ListPlus, Plus, X } from "lucide-react";
import { useState } from "react";
import { IconButton } from "#components/ui/button.tsx";

type Choice = { key: number; text: string };

/** Answers that the customer can press under the next reply, as many and as long as its platform takes. */
export function useChoices({ most, longest }: { most: number; longest: number }) {
  const [choices, setChoices] = useState<Choice[]>([]);
  const written = choices.map(({ text }) => text.trim()).filter((text) => text !== "");
  return {
    choices,
    most,
    longest,
    /** As they are sent: without empty ones, each once. */
    texts: [...new Set(written)],
    add: () =>
      setChoices((known) =>
        known.length < most ? [...known, { key: (known.at(-1)?.key ?? 0) + 1, text: "" }] : known,
      ),
    change: (key: number, text: string) =>
      setChoices((known) => known.map((choice) => (choice.key === key ? { key, text } : choice))),
    remove: (key: number) => setChoices((known) => known.filter((choice) => choice.key !== key)),
    clear: () => setChoices([]),
  };
}

export type Choices = ReturnType<typeof useChoices>;

/** The press that begins to write answers down. */
export function ChoicesButton({ choices }: { choices: Choices }) {
  if (choices.most === 0 || choices.choices.length > 0) return undefined;
  return <IconButton label="Add answer buttons" icon={<ListPlus aria-hidden />} onClick={choices.add} />;
}

/** The answers as the customer gets them, each written in its own button. */
export function ChoicesEditor({ choices }: { choices: Choices }) {
  const { choices: all, most, longest, add, change, remove } = choices;
  if (all.length === 0) return undefined;
  return (
    <fieldset aria-label="Answer buttons" className="flex flex-wrap items-center gap-1.5 px-3 pb-2">
      {all.map(({ key, text }, index) => (
        <span
          key={key}
          className="flex h-7 max-w-full items-center rounded-full border border-accent/40 bg-surface ps-3 pe-0.5 text-accent-ink text-xs focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/15"
        >
          <input
            dir="auto"
            // biome-ignore lint/a11y/noAutofocus: it was just asked for, and its words are what comes next.
            autoFocus
            value={text}
            maxLength={longest}
            placeholder={`Answer ${index + 1}`}
            aria-label={`Answer ${index + 1}`}
            onChange={(event) => change(key, event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Backspace" && text === "") {
                event.preventDefault();
                remove(key);
              }
              if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
              // Enter sends from the text above; here it goes on to the next answer.
              event.preventDefault();
              if (text.trim() !== "") add();
            }}
            className="field-sizing-content min-w-16 max-w-48 bg-transparent font-medium outline-none placeholder:font-normal placeholder:text-ink-3"
          />
          <IconButton
            size="sm"
            className="size-6 rounded-full"
            label={`Remove answer ${index + 1}`}
            icon={<X aria-hidden />}
            onClick={() => remove(key)}
          />
        </span>
      ))}
      {all.length < most ? (
        <IconButton
          size="sm"
          className="rounded-full"
          label="Add another answer"
          icon={<Plus aria-hidden />}
          onClick={add}
        />
      ) : undefined}
    </fieldset>
  );
}
