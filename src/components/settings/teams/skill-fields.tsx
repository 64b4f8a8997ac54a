"use client";

import { Plus, X } from "lucide-react";
import { useRef } from "react";
import { flushSync } from "react-dom";
import { Button, IconButton } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { Skill } from "#contracts/desk";

type Props = {
  skills: Skill[];
  error: string | undefined;
  onChange: (skills: Skill[]) => void;
};

const levels = [
  { value: "1", label: "1 · basics" },
  { value: "2", label: "2 · some" },
  { value: "3", label: "3 · good" },
  { value: "4", label: "4 · very good" },
  { value: "5", label: "5 · expert" },
];

/** What somebody can do, and how well. */
export function SkillFields({ skills, error, onChange }: Props) {
  const field = useRef<HTMLFieldSetElement>(null);

  function add() {
    // At once, so that the new line can be written in without another press.
    flushSync(() => onChange([...skills, { name: "", level: 3 }]));
    field.current?.querySelector<HTMLElement>("div:last-of-type > input")?.focus();
  }

  return (
    <fieldset ref={field} className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-ink text-sm">Skills</legend>
      {skills.map((skill, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place.
        <div key={index} className="flex items-center gap-1.5">
          <Input
            aria-label={`Skill ${index + 1}`}
            dir="auto"
            value={skill.name}
            maxLength={40}
            placeholder="billing"
            autoComplete="off"
            onChange={(event) => onChange(skills.with(index, { ...skill, name: event.target.value }))}
          />
          <Select
            aria-label={`Level of ${skill.name || `skill ${index + 1}`}`}
            className="w-36 shrink-0"
            items={levels}
            value={String(skill.level)}
            onValueChange={(level) => onChange(skills.with(index, { ...skill, level: Number(level) }))}
          />
          <IconButton
            label={`Remove ${skill.name || `skill ${index + 1}`}`}
            icon={<X aria-hidden />}
            onClick={() => onChange(skills.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Button size="sm" className="self-start" disabled={skills.length >= 50} onClick={add}>
        <Plus aria-hidden />
        Add skill
      </Button>
      <p className="text-ink-3 text-xs">
        A conversation that needs “billing:3” is given to who has billing at 3 or more.
      </p>
      {error ? <FieldError>{error}</FieldError> : undefined}
    </fieldset>
  );
}
