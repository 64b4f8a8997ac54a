"use client";

import { useId } from "react";
import { cn } from "#components/ui/cn.ts";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { Switch } from "#components/ui/switch.tsx";
import type { EscalationAction, EscalationRule } from "#contracts/escalation";
import { NumberField } from "./number-field.tsx";
import { ruleSentence, triggerWords } from "./rule-words.ts";
import { WordsField } from "./words-field.tsx";

type Props = {
  rule: EscalationRule;
  disabled: boolean;
  error: string | undefined;
  onChange: (rule: EscalationRule) => void;
};

const actions: { value: EscalationAction; label: string; description: string }[] = [
  { value: "offer", label: "Offer a person", description: "The customer decides" },
  { value: "escalate", label: "Escalate at once", description: "Straight into the queue" },
];

/** One rule: on or off, when it fires, what it does, and all of it as a sentence. */
export function RuleCard({ rule, disabled, error, onChange }: Props) {
  const id = useId();
  const { title, help } = triggerWords[rule.trigger];
  return (
    <li className="flex flex-col gap-3 px-5 py-4">
      <div className="flex items-start gap-3">
        <Switch
          id={id}
          className="mt-0.5"
          aria-describedby={`${id}-sentence`}
          checked={rule.enabled}
          disabled={disabled}
          onCheckedChange={(enabled) => onChange({ ...rule, enabled })}
        />
        <div className="min-w-0 flex-1">
          <label htmlFor={id} className="font-medium text-ink text-sm">
            {title}
          </label>
          <p className="text-ink-3 text-xs">{help}</p>
        </div>
      </div>
      {rule.enabled && hasControls(rule) ? (
        <div className="flex flex-col gap-3 sm:ps-12">
          <Thresholds rule={rule} disabled={disabled} onChange={onChange} />
          <Field label="Then" className="max-w-56">
            <Select
              items={actions}
              disabled={disabled}
              value={rule.action}
              onValueChange={(action: EscalationAction) => onChange({ ...rule, action })}
            />
          </Field>
        </div>
      ) : undefined}
      <p
        id={`${id}-sentence`}
        className={cn(
          "rounded-md bg-sunken px-3 py-2 text-sm sm:ms-12",
          rule.enabled ? "text-ink-2" : "text-ink-3",
        )}
      >
        {ruleSentence(rule)}
      </p>
      {error ? <FieldError className="sm:ms-12">{error}</FieldError> : undefined}
    </li>
  );
}

// The button always asks at once: there is nothing to choose.
function hasControls({ trigger }: EscalationRule) {
  return trigger !== "manual";
}

function Thresholds({ rule, disabled, onChange }: Omit<Props, "error">) {
  switch (rule.trigger) {
    case "keyword":
      return (
        <WordsField
          label="Words and phrases"
          disabled={disabled}
          values={rule.keywords}
          onChange={(keywords) => onChange({ ...rule, keywords })}
        />
      );
    case "explicit_request":
      return (
        <WordsField
          label="Your own phrases"
          disabled={disabled}
          values={rule.phrases}
          onChange={(phrases) => onChange({ ...rule, phrases })}
        />
      );
    case "sentiment":
      return (
        <div className="flex flex-wrap gap-4">
          <NumberField
            label="Mood at most"
            disabled={disabled}
            min={-1}
            max={1}
            step={0.1}
            value={rule.threshold}
            onChange={(threshold) => onChange({ ...rule, threshold })}
          />
          <NumberField
            label="Messages in a row"
            disabled={disabled}
            min={2}
            max={10}
            step={1}
            value={rule.consecutive}
            onChange={(consecutive) => onChange({ ...rule, consecutive })}
          />
        </div>
      );
    case "confidence":
      return (
        <div className="flex flex-wrap gap-4">
          <NumberField
            label="Less sure than"
            disabled={disabled}
            min={0}
            max={1}
            step={0.05}
            value={rule.threshold}
            onChange={(threshold) => onChange({ ...rule, threshold })}
          />
          <NumberField
            label="Answers in a row"
            disabled={disabled}
            min={1}
            max={10}
            step={1}
            value={rule.consecutive}
            onChange={(consecutive) => onChange({ ...rule, consecutive })}
          />
        </div>
      );
    case "conversation_length":
      return (
        <NumberField
          label="More messages than"
          disabled={disabled}
          min={1}
          max={1000}
          step={1}
          value={rule.maxMessages}
          onChange={(maxMessages) => onChange({ ...rule, maxMessages })}
        />
      );
    default:
      return undefined;
  }
}
