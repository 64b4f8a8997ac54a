"use client";

import { NumberField } from "#components/settings/number-field.tsx";
import { WordsField } from "#components/settings/words-field.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { EscalationAction, EscalationRule, RuleRoute } from "#contracts/escalation";
import { ConditionEditor } from "./condition-editor.tsx";
import { TriggerFields } from "./trigger-fields.tsx";

export type Team = { id: string; name: string };

type Props = {
  rule: EscalationRule;
  teams: Team[];
  disabled: boolean;
  onChange: (rule: EscalationRule) => void;
};

const actions: { value: EscalationAction; label: string; description: string }[] = [
  { value: "offer", label: "Offer a person", description: "The customer decides" },
  { value: "escalate", label: "Call a person at once", description: "Straight into the queue" },
];

/** Everything that can be said about one rule. */
export function RuleForm({ rule, teams, disabled, onChange }: Props) {
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap gap-4">
        <Field label="Name" className="min-w-48 flex-1">
          <Input
            data-name-of={rule.id}
            value={rule.name}
            maxLength={80}
            disabled={disabled}
            onChange={({ target }) => onChange({ ...rule, name: target.value })}
          />
        </Field>
        {/* The button always asks at once: there is nothing to choose. */}
        {rule.trigger === "manual" ? undefined : (
          <Field label="Then" className="w-56">
            <Select
              items={actions}
              disabled={disabled}
              value={rule.action}
              onValueChange={(action) => onChange({ ...rule, action })}
            />
          </Field>
        )}
      </div>
      <TriggerFields rule={rule} disabled={disabled} onChange={onChange} />
      <ConditionEditor
        condition={rule.when}
        disabled={disabled}
        onChange={(when) => onChange(without(rule, "when", when))}
      />
      <RouteFields
        route={rule.route}
        teams={teams}
        disabled={disabled}
        onChange={(route) => onChange(without(rule, "route", route))}
      />
    </div>
  );
}

/** The field of an open rule's name. */
export function nameField(ruleId: string): HTMLElement | undefined {
  return document.querySelector<HTMLElement>(`[data-name-of="${ruleId}"]`) ?? undefined;
}

/** A rule with a part of it set, or left out where there is none. */
function without<Key extends "when" | "route">(
  rule: EscalationRule,
  key: Key,
  value: EscalationRule[Key],
): EscalationRule {
  const { [key]: _, ...rest } = rule;
  return (value === undefined ? rest : { ...rest, [key]: value }) as EscalationRule;
}

const anyone = "anyone";

function RouteFields({
  route,
  teams,
  disabled,
  onChange,
}: {
  route: RuleRoute | undefined;
  teams: Team[];
  disabled: boolean;
  onChange: (route: RuleRoute | undefined) => void;
}) {
  const skills = route?.skills ?? [];
  function put(teamId: string | undefined, next: RuleRoute["skills"]) {
    if (teamId === undefined && next.length === 0) onChange(undefined);
    else onChange({ ...(teamId === undefined ? {} : { teamId }), skills: next });
  }
  return (
    <fieldset className="flex flex-col gap-3" disabled={disabled}>
      <legend className="mb-1.5 font-medium text-ink text-sm">Who should answer</legend>
      {teams.length > 0 ? (
        <Select
          aria-label="Team"
          className="w-56"
          disabled={disabled}
          value={route?.teamId ?? anyone}
          items={[
            { value: anyone, label: "Anyone" },
            ...teams.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onValueChange={(teamId) => put(teamId === anyone ? undefined : teamId, skills)}
        />
      ) : undefined}
      <WordsField
        label="Needed skills"
        disabled={disabled}
        values={skills.map(({ name }) => name)}
        onChange={(names) =>
          put(
            route?.teamId,
            names.map((name) => skills.find((skill) => skill.name === name) ?? { name: name.toLowerCase() }),
          )
        }
      />
      {skills.length > 0 ? (
        <div className="flex flex-wrap gap-3">
          {skills.map((skill, index) => (
            <NumberField
              key={skill.name}
              label={`${skill.name}: level from`}
              {...{ disabled, min: 1, max: 5, step: 1, value: skill.level ?? 1 }}
              onChange={(level) => put(route?.teamId, skills.with(index, { ...skill, level }))}
            />
          ))}
        </div>
      ) : undefined}
    </fieldset>
  );
}
