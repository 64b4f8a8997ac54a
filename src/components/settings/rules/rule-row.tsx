"use client";

import { ArrowDown, ArrowUp, ChevronDown, Trash2, TriangleAlert } from "lucide-react";
import { useId, useState } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { FieldError } from "#components/ui/field.tsx";
import { Switch } from "#components/ui/switch.tsx";
import type { EscalationRule } from "#contracts/escalation";
import { describeRule, triggerNames } from "#contracts/rule-words";
import type { RuleWarning } from "#contracts/rules";
import { RuleForm, type Team } from "./rule-form.tsx";

type Props = {
  rule: EscalationRule;
  /** It was only just added, and waits to be said more of. */
  startsOpen: boolean;
  place: { first: boolean; last: boolean };
  teams: Team[];
  warnings: RuleWarning[];
  changed: boolean;
  error: string | undefined;
  disabled: boolean;
  onChange: (rule: EscalationRule) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: (() => void) | undefined;
};

/** One rule as a sentence, with its switch and its place; it opens to be changed. */
export function RuleRow({
  rule,
  startsOpen,
  place,
  teams,
  warnings,
  changed,
  error,
  disabled,
  onChange,
  onMove,
  onRemove,
}: Props) {
  const id = useId();
  const [open, setOpen] = useState(startsOpen);
  const known = { teams: new Map(teams.map((team) => [team.id, team.name])) };
  return (
    <li className="flex flex-col gap-3 px-5 py-4">
      <div className="flex flex-wrap items-start gap-x-3 sm:flex-nowrap">
        <Switch
          aria-label={`${rule.name}, on`}
          aria-describedby={`${id}-sentence`}
          className="mt-0.5"
          checked={rule.enabled}
          disabled={disabled}
          onCheckedChange={(enabled) => onChange({ ...rule, enabled })}
        />
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-1.5">
            <span className={cn("font-medium text-sm", rule.enabled ? "text-ink" : "text-ink-3")}>
              {rule.name}
            </span>
            {rule.name === triggerNames[rule.trigger] ? undefined : (
              <Badge>{triggerNames[rule.trigger]}</Badge>
            )}
            {changed ? <Badge tone="accent">Changed</Badge> : undefined}
          </p>
          <p
            id={`${id}-sentence`}
            className={cn("mt-0.5 text-sm", rule.enabled ? "text-ink-2" : "text-ink-3")}
          >
            {describeRule(rule, known)}
          </p>
        </div>
        <div className="-me-1.5 flex w-full shrink-0 items-center justify-end sm:w-auto">
          <IconButton
            label={`Look at “${rule.name}” earlier`}
            variant="ghost"
            size="sm"
            icon={<ArrowUp aria-hidden />}
            disabled={disabled || place.first}
            onClick={() => onMove(-1)}
          />
          <IconButton
            label={`Look at “${rule.name}” later`}
            variant="ghost"
            size="sm"
            icon={<ArrowDown aria-hidden />}
            disabled={disabled || place.last}
            onClick={() => onMove(1)}
          />
          <IconButton
            label={open ? `Close “${rule.name}”` : `Change “${rule.name}”`}
            variant="ghost"
            size="sm"
            aria-expanded={open}
            icon={<ChevronDown aria-hidden className={cn("transition-transform", open && "rotate-180")} />}
            onClick={() => setOpen(!open)}
          />
        </div>
      </div>
      {warnings.map((warning) => (
        <p key={warning.sentence} className="flex items-start gap-1.5 text-amber-ink text-xs sm:ms-12">
          <TriangleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
          {warning.sentence}
        </p>
      ))}
      {error ? <FieldError className="sm:ms-12">{error}</FieldError> : undefined}
      {open ? (
        <div className="flex flex-col gap-4 rounded-lg border border-line p-4 sm:ms-12">
          <RuleForm rule={rule} teams={teams} disabled={disabled} onChange={onChange} />
          {onRemove && !disabled ? (
            <Button variant="ghost" size="sm" className="self-end text-red-ink" onClick={onRemove}>
              <Trash2 aria-hidden />
              Remove this rule
            </Button>
          ) : undefined}
        </div>
      ) : undefined}
    </li>
  );
}
