"use client";

import { NumberField } from "#components/settings/number-field.tsx";
import { WordsField } from "#components/settings/words-field.tsx";
import type { EscalationRule } from "#contracts/escalation";

type Props = { rule: EscalationRule; disabled: boolean; onChange: (rule: EscalationRule) => void };

/** The limits of what a rule watches. */
export function TriggerFields({ rule, disabled, onChange }: Props) {
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
            {...{ disabled, min: -1, max: 1, step: 0.1, value: rule.threshold }}
            onChange={(threshold) => onChange({ ...rule, threshold })}
          />
          <NumberField
            label="Messages in a row"
            {...{ disabled, min: 2, max: 10, step: 1, value: rule.consecutive }}
            onChange={(consecutive) => onChange({ ...rule, consecutive })}
          />
        </div>
      );
    case "confidence":
      return (
        <div className="flex flex-wrap gap-4">
          <NumberField
            label="Less sure than"
            {...{ disabled, min: 0, max: 1, step: 0.05, value: rule.threshold }}
            onChange={(threshold) => onChange({ ...rule, threshold })}
          />
          <NumberField
            label="Answers in a row"
            {...{ disabled, min: 1, max: 10, step: 1, value: rule.consecutive }}
            onChange={(consecutive) => onChange({ ...rule, consecutive })}
          />
        </div>
      );
    case "conversation_length":
      return (
        <NumberField
          label="More messages than"
          {...{ disabled, min: 1, max: 1000, step: 1, value: rule.maxMessages }}
          onChange={(maxMessages) => onChange({ ...rule, maxMessages })}
        />
      );
    case "circles":
      return (
        <NumberField
          label="Same question, times"
          {...{ disabled, min: 2, max: 10, step: 1, value: rule.times }}
          onChange={(times) => onChange({ ...rule, times })}
        />
      );
    default:
      return undefined;
  }
}
