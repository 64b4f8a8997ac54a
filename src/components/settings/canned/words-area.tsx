"use client";

import { Braces } from "lucide-react";
import { useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { type CannedValues, cannedProblem, cannedVariables, renderCanned } from "#contracts/canned-words";

/** Somebody made up, so that the words can be read as a customer will read them. */
const sample: CannedValues = {
  "customer.name": "Maria Santos",
  "customer.first_name": "Maria",
  "operator.name": "Anna Okafor",
  "operator.first_name": "Anna",
  "company.name": "Your company",
  "agent.name": "Nori",
  "conversation.topic": "Delivery",
};

type Props = { label: string; value: string; error?: string | undefined; onChange: (value: string) => void };

/** Words with variables, and how they read once these are filled in. */
export function WordsArea({ label, value, error, onChange }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const problem = value.trim() === "" ? undefined : cannedProblem(value);

  function insert(name: string) {
    const { selectionStart: start, selectionEnd: end } = field.current ?? {
      selectionStart: value.length,
      selectionEnd: value.length,
    };
    const words = `{{${name}}}`;
    onChange(value.slice(0, start) + words + value.slice(end));
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(start + words.length, start + words.length);
    });
  }

  return (
    <div className="flex flex-col gap-2">
      <Field
        label={label}
        description="A variable may say what stands where it is not known: {{customer.first_name|there}}"
        error={error ?? problem}
      >
        <Textarea
          ref={field}
          dir="auto"
          rows={5}
          maxLength={4_000}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Menu
          className="w-72"
          trigger={
            <Button size="sm">
              <Braces aria-hidden />
              Insert variable
            </Button>
          }
        >
          {Object.entries(cannedVariables).map(([name, words]) => (
            <MenuItem key={name} onClick={() => insert(name)}>
              <span className="flex-1 first-letter:capitalize">{words}</span>
              <code className="font-mono text-2xs text-ink-3">{name}</code>
            </MenuItem>
          ))}
        </Menu>
      </div>
      {value.includes("{{") && !problem ? (
        <p className="whitespace-pre-wrap rounded-md border border-line bg-sunken px-2.5 py-2 text-ink-2 text-sm">
          <span className="mb-1 block font-medium text-2xs text-ink-3">As Maria Santos would read it</span>
          {renderCanned(value, sample).text}
        </p>
      ) : undefined}
    </div>
  );
}
