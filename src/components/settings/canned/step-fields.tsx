"use client";

import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { Assignee, MacroAction } from "#contracts/desk-actions";
import { wordsIn } from "./steps.ts";
import { WordsArea } from "./words-area.tsx";

type Named = { id: string; name: string };

type Props = {
  step: MacroAction;
  operators: Named[];
  teams: Named[];
  error: string | undefined;
  onChange: (step: MacroAction) => void;
};

/** What one step of a macro has to know. */
export function StepFields({ step, operators, teams, error, onChange }: Props) {
  switch (step.kind) {
    case "reply":
    case "note":
      return (
        <WordsArea
          label={step.kind === "reply" ? "Words to the customer" : "Words to colleagues"}
          value={step.text}
          error={error}
          onChange={(text) => onChange({ ...step, text })}
        />
      );
    case "tag":
      return (
        <div className="grid gap-3 sm:grid-cols-2">
          <TagsField
            label="Add"
            value={step.add}
            error={error}
            onChange={(add) => onChange({ ...step, add })}
          />
          <TagsField
            label="Remove"
            value={step.remove}
            onChange={(remove) => onChange({ ...step, remove })}
          />
        </div>
      );
    case "assign":
      return (
        <AssignField
          to={step.to}
          operators={operators}
          teams={teams}
          error={error}
          onChange={(to) => onChange({ ...step, to })}
        />
      );
    case "snooze":
      return (
        <Field label="For how long" error={error}>
          <Select
            className="w-full sm:w-48"
            items={lengths}
            value={String(step.minutes ?? 1_440)}
            onValueChange={(value) => onChange({ kind: "snooze", minutes: Number(value) })}
          />
        </Field>
      );
    case "attribute":
      return (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Name" error={error}>
            <Input
              value={step.name}
              maxLength={40}
              placeholder="plan"
              onChange={(event) => onChange({ ...step, name: event.target.value })}
            />
          </Field>
          <Field label="Value">
            <Input
              value={String(step.value ?? "")}
              maxLength={500}
              onChange={(event) => onChange({ ...step, value: event.target.value })}
            />
          </Field>
        </div>
      );
    case "resolve":
      return <p className="text-ink-3 text-sm">The conversation is done.</p>;
  }
}

const hour = 60;
const day = 24 * hour;
const lengths = [
  { value: String(hour), label: "An hour" },
  { value: String(4 * hour), label: "Four hours" },
  { value: String(day), label: "A day" },
  { value: String(2 * day), label: "Two days" },
  { value: String(7 * day), label: "A week" },
  { value: String(30 * day), label: "Thirty days" },
];

type TagsProps = {
  label: string;
  value: string[];
  error?: string | undefined;
  onChange: (tags: string[]) => void;
};

function TagsField({ label, value, error, onChange }: TagsProps) {
  const [text, setText] = useState(value.join(", "));
  return (
    <Field label={label} description="Several with commas between them." error={error}>
      <Input
        dir="auto"
        value={text}
        placeholder="refund, vip"
        onChange={(event) => {
          setText(event.target.value);
          onChange(wordsIn(event.target.value));
        }}
      />
    </Field>
  );
}

type AssignProps = {
  to: Assignee;
  operators: Named[];
  teams: Named[];
  error: string | undefined;
  onChange: (to: Assignee) => void;
};

function AssignField({ to, operators, teams, error, onChange }: AssignProps) {
  const items = [
    { value: "me", label: "Whoever runs it" },
    { value: "queue", label: "The queue" },
    { value: "ai", label: "The AI" },
    ...teams.map(({ id, name }) => ({ value: `team:${id}`, label: name, description: "Team" })),
    ...operators.map(({ id, name }) => ({ value: `operator:${id}`, label: name })),
  ];
  return (
    <Field label="To whom" error={error}>
      <Select
        className="w-full sm:w-64"
        items={items}
        value={optionOf(to)}
        onValueChange={(value) => onChange(assigneeOf(value))}
      />
    </Field>
  );
}

function optionOf(to: Assignee): string {
  if (to.kind === "operator") return `operator:${to.operatorId}`;
  return to.kind === "team" ? `team:${to.teamId}` : to.kind;
}

function assigneeOf(value: string): Assignee {
  const [kind, id = ""] = value.split(":");
  if (kind === "operator") return { kind, operatorId: id };
  if (kind === "team") return { kind, teamId: id };
  return { kind: kind === "queue" || kind === "ai" ? kind : "me" };
}
