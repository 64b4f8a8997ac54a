"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { neededSkill } from "#contracts/desk";
import { SkillsDialog } from "./skills-dialog.tsx";

type Props = { skills: string[]; onSave: (skills: string[]) => void };

/** What whoever takes a conversation must be good at, and the way to change it. */
export function NeededSkills({ skills, onSave }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <span className="flex flex-wrap items-center gap-1">
      {skills.length === 0 ? <span className="text-ink-3">No skill</span> : undefined}
      {skills.map((word) => {
        const { name, level } = neededSkill(word);
        return (
          <Badge key={name}>
            <span dir="auto" className="max-w-32 truncate">
              {name}
            </span>
            {level > 1 ? <span className="text-ink-3">level {level}+</span> : undefined}
          </Badge>
        );
      })}
      <IconButton
        label="Change needed skills"
        size="sm"
        className="size-6"
        icon={<Plus aria-hidden />}
        onClick={() => setOpen(true)}
      />
      {open ? <SkillsDialog skills={skills} onSave={onSave} onClose={() => setOpen(false)} /> : undefined}
    </span>
  );
}
