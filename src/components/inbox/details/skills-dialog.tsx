"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useDeskOperators } from "#components/inbox/data/desk-queries.ts";
import { IconButton } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SearchList } from "#components/ui/search-list.tsx";
import { Select } from "#components/ui/select.tsx";
import { neededSkill, type OperatorDesk, type Skill } from "#contracts/desk";
import { choicesOf, holdersOf, type SkillChoice, withNeed, withoutNeed } from "./skill-needs.ts";

const mostSkills = 20;

const levels = [
  { value: "1", label: "Any level" },
  { value: "2", label: "2 or more" },
  { value: "3", label: "3 or more" },
  { value: "4", label: "4 or more" },
  { value: "5", label: "Expert (5)" },
];

type Props = { skills: string[]; onSave: (skills: string[]) => void; onClose: () => void };

/** What whoever takes a conversation must be good at: Enter asks for a skill, its level stands beside it. */
export function SkillsDialog({ skills, onSave, onClose }: Props) {
  const [query, setQuery] = useState("");
  const colleagues = useDeskOperators().data ?? [];
  const full = skills.length >= mostSkills;
  const items = full ? [] : choicesOf(skills, colleagues, query);

  function choose({ name }: SkillChoice) {
    onSave(withNeed(skills, { name, level: 1 }));
    setQuery("");
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Needed skills"
      description="The queue gives this conversation to a colleague who has them all."
      className="max-w-sm"
    >
      <div className="flex flex-col gap-3">
        {skills.length > 0 ? (
          <ul aria-label="Needed" className="flex flex-col gap-1">
            {skills.map(neededSkill).map((need) => (
              <Need
                key={need.name}
                need={need}
                colleagues={colleagues}
                onLevel={(level) => onSave(withNeed(skills, { ...need, level }))}
                onRemove={() => onSave(withoutNeed(skills, need.name))}
              />
            ))}
          </ul>
        ) : undefined}
        <SearchList
          label="Skill"
          placeholder="Find or name a skill…"
          query={query}
          onQuery={setQuery}
          items={items}
          keyOf={({ name }) => name}
          onChoose={choose}
          onEscape={onClose}
          className="max-h-60"
          empty={emptyWords(query, { full })}
        >
          {(choice) => <Choice choice={choice} />}
        </SearchList>
      </div>
    </Dialog>
  );
}

type NeedProps = {
  need: Skill;
  colleagues: readonly OperatorDesk[];
  onLevel: (level: number) => void;
  onRemove: () => void;
};

function Need({ need, colleagues, onLevel, onRemove }: NeedProps) {
  const lacking = colleagues.length > 0 && holdersOf(need, colleagues) === 0;
  return (
    <li className="flex items-center gap-2 text-sm">
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate font-medium">
          {need.name}
        </span>
        {lacking ? <span className="block text-amber-ink text-xs">Nobody has this yet</span> : undefined}
      </span>
      <Select
        aria-label={`Level of ${need.name}`}
        className="w-32 shrink-0"
        items={levels}
        value={String(need.level)}
        onValueChange={(level) => onLevel(Number(level))}
      />
      <IconButton size="sm" label={`Need no ${need.name}`} icon={<X aria-hidden />} onClick={onRemove} />
    </li>
  );
}

function Choice({ choice: { name, holders } }: { choice: SkillChoice }) {
  return (
    <>
      <Plus className="size-4 shrink-0 text-accent-ink" aria-hidden />
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {name}
      </span>
      <span className="text-ink-3 text-xs tabular-nums">{holdersWords(holders)}</span>
    </>
  );
}

function holdersWords(holders: number): string {
  if (holders === 0) return "Nobody has it yet";
  return holders === 1 ? "1 colleague" : `${holders} colleagues`;
}

function emptyWords(query: string, { full }: { full: boolean }): string {
  if (full) return `A conversation needs at most ${mostSkills} skills.`;
  if (query.trim() === "") return "No other skills are known. Name one.";
  return "A skill is a short word, at most forty letters and no colon.";
}
