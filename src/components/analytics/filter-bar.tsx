"use client";

import { X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { channelLabel } from "#components/ui/channel-icon.tsx";
import { Select } from "#components/ui/select.tsx";
import type { FilterChoices } from "#contracts/analytics";
import { useChoices } from "./data.ts";
import type { FilterName, Filters } from "./place.ts";

type Item = { value: string; label: string };
const everything = "all";

type Props = { filters: Filters; hasHours: boolean; onChange: (filters: Filters) => void };

/** Narrows all numbers of the page at once. */
export function FilterBar({ filters, hasHours, onChange }: Props) {
  const { data } = useChoices();
  const set = (name: FilterName, value: string) => {
    const { [name]: _, ...others } = filters;
    onChange(value === everything ? others : { ...others, [name]: value });
  };
  const shown = choicesOf(data).filter(({ items, name }) => items.length > 1 || filters[name] !== undefined);
  return (
    <fieldset className="-mx-4 flex min-w-0 items-center gap-2 overflow-x-auto px-4 py-1 sm:mx-0 sm:flex-wrap sm:px-0">
      <legend className="sr-only">Narrow all numbers</legend>
      {shown.map(({ name, label, all, items }) => (
        <Choice
          key={name}
          label={label}
          all={all}
          items={items}
          value={filters[name]}
          onChange={(value) => set(name, value)}
        />
      ))}
      {hasHours ? (
        <>
          <Choice
            label="Begun"
            all="Begun at any hour"
            items={[
              { value: "in", label: "Begun in office hours" },
              { value: "out", label: "Begun outside office hours" },
            ]}
            value={filters.hours}
            onChange={(value) => set("hours", value)}
          />
          <Choice
            label="Clock"
            all="Clock runs always"
            items={[{ value: "office", label: "Clock in office hours only" }]}
            value={filters.clock}
            onChange={(value) => set("clock", value)}
          />
        </>
      ) : undefined}
      {Object.keys(filters).length > 0 ? (
        <Button variant="ghost" onClick={() => onChange({})}>
          <X aria-hidden />
          Clear
        </Button>
      ) : undefined}
    </fieldset>
  );
}

type ChoiceProps = {
  label: string;
  all: string;
  items: Item[];
  value: string | undefined;
  onChange: (value: string) => void;
};

function Choice({ label, all, items, value, onChange }: ChoiceProps) {
  const known = value === undefined || items.some((item) => item.value === value);
  const missing = known ? [] : [{ value: value ?? everything, label: value ?? all }];
  return (
    <Select
      aria-label={label}
      className={
        value === undefined
          ? "w-auto max-w-52 shrink-0"
          : "w-auto max-w-52 shrink-0 border-accent bg-accent-soft text-accent-ink"
      }
      items={[{ value: everything, label: all }, ...items, ...missing]}
      value={value ?? everything}
      onValueChange={onChange}
    />
  );
}

type Offer = { name: FilterName; label: string; all: string; items: Item[] };

function choicesOf(choices: FilterChoices | undefined): Offer[] {
  if (choices === undefined) return [];
  const named = (list: { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  const words = (list: string[]) => list.map((value) => ({ value, label: value }));
  const channels = choices.channels.map((value) => ({ value, label: channelLabel(value) }));
  return [
    { name: "channel", label: "Channel", all: "All channels", items: channels },
    { name: "topic", label: "Topic", all: "All topics", items: words(choices.topics) },
    { name: "agentId", label: "AI agent", all: "All AI agents", items: named(choices.agents) },
    { name: "teamId", label: "Team", all: "All teams", items: named(choices.teams) },
    { name: "operatorId", label: "Operator", all: "All operators", items: named(choices.operators) },
    { name: "tag", label: "Tag", all: "All tags", items: words(choices.tags) },
  ];
}
