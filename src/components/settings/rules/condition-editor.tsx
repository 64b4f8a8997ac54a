"use client";

import { Plus, X } from "lucide-react";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { Select } from "#components/ui/select.tsx";
import type { Condition, Fact } from "#contracts/conditions";
import { FactFields } from "./fact-fields.tsx";
import { conditionOf, newFact, type Part, partsOf } from "./new-rule.ts";

type Props = {
  condition: Condition | undefined;
  disabled: boolean;
  onChange: (condition: Condition | undefined) => void;
};

const facts: { on: Fact["on"]; label: string }[] = [
  { on: "channel", label: "Channel" },
  { on: "language", label: "Language" },
  { on: "topic", label: "Topic" },
  { on: "office_hours", label: "Office hours" },
  { on: "attribute", label: "Customer’s attribute" },
  { on: "keyword", label: "Words in the message" },
  { on: "sentiment", label: "Mood" },
  { on: "confidence", label: "How sure the AI is" },
  { on: "messages", label: "Number of messages" },
  { on: "circles", label: "Same question again" },
  { on: "explicit_request", label: "Asks for a person" },
];
const labels = new Map(facts.map(({ on, label }) => [on, label]));

const outerWords: { value: "all" | "any"; label: string }[] = [
  { value: "all", label: "all of these hold" },
  { value: "any", label: "any of these holds" },
];

/** What must hold besides: facts joined by and, or by or, and within them one more level of groups. */
export function ConditionEditor({ condition, disabled, onChange }: Props) {
  const { on, of } = partsOf(condition);
  const put = (parts: Part[], word = on) => onChange(conditionOf(word, parts));
  return (
    <fieldset className="flex flex-col gap-3" disabled={disabled}>
      <legend className="mb-1.5 font-medium text-ink text-sm">Only when</legend>
      {of.length > 1 ? (
        <Select
          aria-label="How the conditions are joined"
          className="w-48"
          value={on}
          items={outerWords}
          onValueChange={(word) => put(of, word)}
        />
      ) : undefined}
      {of.length === 0 ? (
        <p className="text-ink-3 text-sm">Everywhere and always. Add a condition to narrow it down.</p>
      ) : (
        <ol className="flex flex-col gap-2">
          {of.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name of their own, and their place is what they are.
            <li key={index} className="flex items-start gap-2 rounded-lg border border-line bg-sunken/60 p-3">
              <div className="min-w-0 flex-1">
                {part.on === "all" || part.on === "any" ? (
                  <Group
                    group={part}
                    disabled={disabled}
                    onChange={(group) =>
                      put(group === undefined ? of.toSpliced(index, 1) : of.with(index, group))
                    }
                  />
                ) : (
                  <OneFact fact={part} disabled={disabled} onChange={(fact) => put(of.with(index, fact))} />
                )}
              </div>
              <IconButton
                label="Remove this condition"
                variant="ghost"
                size="sm"
                icon={<X aria-hidden />}
                disabled={disabled}
                onClick={() => put(of.toSpliced(index, 1))}
              />
            </li>
          ))}
        </ol>
      )}
      {of.length < 10 ? (
        <AddFact
          disabled={disabled}
          onAdd={(fact) => put([...of, fact])}
          onGroup={() => put([...of, { on: on === "all" ? "any" : "all", of: [newFact("channel")] }])}
        />
      ) : undefined}
    </fieldset>
  );
}

type FactGroup = Extract<Part, { on: "all" | "any" }>;

function Group({
  group,
  disabled,
  onChange,
}: {
  group: FactGroup;
  disabled: boolean;
  onChange: (group: FactGroup | undefined) => void;
}) {
  const put = (of: Fact[]) => onChange(of.length === 0 ? undefined : { ...group, of });
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium text-ink-2 text-xs">{group.on === "all" ? "All of" : "Any of"}</p>
      {group.of.map((fact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts have no name of their own, and their place is what they are.
        <div key={index} className="flex items-start gap-2 border-line border-s-2 ps-3">
          <div className="min-w-0 flex-1">
            <OneFact fact={fact} disabled={disabled} onChange={(next) => put(group.of.with(index, next))} />
          </div>
          <IconButton
            label="Remove from this group"
            variant="ghost"
            size="sm"
            icon={<X aria-hidden />}
            onClick={() => put(group.of.toSpliced(index, 1))}
          />
        </div>
      ))}
      {group.of.length < 10 ? (
        <AddFact disabled={disabled} onAdd={(fact) => put([...group.of, fact])} />
      ) : undefined}
    </div>
  );
}

function OneFact({
  fact,
  disabled,
  onChange,
}: {
  fact: Fact;
  disabled: boolean;
  onChange: (fact: Fact) => void;
}) {
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium text-ink text-sm">{labels.get(fact.on)}</p>
      <div className="flex flex-wrap items-end gap-3">
        <FactFields fact={fact} disabled={disabled} onChange={onChange} />
      </div>
    </div>
  );
}

function AddFact({
  disabled,
  onAdd,
  onGroup,
}: {
  disabled: boolean;
  onAdd: (fact: Fact) => void;
  onGroup?: () => void;
}) {
  return (
    <Menu
      trigger={
        <Button size="sm" variant="ghost" disabled={disabled} className="self-start">
          <Plus aria-hidden />
          Add a condition
        </Button>
      }
    >
      {facts.map(({ on, label }) => (
        <MenuItem key={on} onClick={() => onAdd(newFact(on))}>
          {label}
        </MenuItem>
      ))}
      {onGroup ? (
        <>
          <MenuSeparator />
          <MenuItem onClick={onGroup}>A group of its own</MenuItem>
        </>
      ) : undefined}
    </Menu>
  );
}
