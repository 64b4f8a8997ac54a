"use client";

import { NumberField } from "#components/settings/number-field.tsx";
import { WordsField } from "#components/settings/words-field.tsx";
import { channelLabel } from "#components/ui/channel-icon.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { ChannelName } from "#contracts/channel";
import type { Fact } from "#contracts/conditions";

type Props = { fact: Fact; disabled: boolean; onChange: (fact: Fact) => void };

const membership: { value: "one_of" | "none_of"; label: string }[] = [
  { value: "one_of", label: "is one of" },
  { value: "none_of", label: "is none of" },
];

const comparisons: { value: Extract<Fact, { on: "attribute" }>["is"]; label: string }[] = [
  { value: "equal", label: "is" },
  { value: "not_equal", label: "is not" },
  { value: "contains", label: "contains" },
  { value: "above", label: "is above" },
  { value: "below", label: "is below" },
];

/** The fields of one fact of a condition. */
export function FactFields({ fact, disabled, onChange }: Props) {
  switch (fact.on) {
    case "channel":
    case "language":
    case "topic":
      return <MemberFields fact={fact} disabled={disabled} onChange={onChange} />;
    case "office_hours":
      return (
        <Select
          aria-label="Office hours"
          className="w-40"
          disabled={disabled}
          value={fact.is}
          items={[
            { value: "open", label: "we are open" },
            { value: "closed", label: "we are closed" },
          ]}
          onValueChange={(is) => onChange({ ...fact, is })}
        />
      );
    case "attribute":
      return <AttributeFields fact={fact} disabled={disabled} onChange={onChange} />;
    case "sentiment":
      return (
        <>
          <NumberField
            label="Mood at most"
            {...{ disabled, min: -1, max: 1, step: 0.1, value: fact.atMost }}
            onChange={(atMost) => onChange({ ...fact, atMost })}
          />
          <NumberField
            label="In a row"
            {...{ disabled, min: 1, max: 10, step: 1, value: fact.consecutive }}
            onChange={(consecutive) => onChange({ ...fact, consecutive })}
          />
        </>
      );
    case "confidence":
      return (
        <>
          <NumberField
            label="Less sure than"
            {...{ disabled, min: 0, max: 1, step: 0.05, value: fact.below }}
            onChange={(below) => onChange({ ...fact, below })}
          />
          <NumberField
            label="In a row"
            {...{ disabled, min: 1, max: 10, step: 1, value: fact.consecutive }}
            onChange={(consecutive) => onChange({ ...fact, consecutive })}
          />
        </>
      );
    case "messages":
      return (
        <NumberField
          label="More messages than"
          {...{ disabled, min: 1, max: 1000, step: 1, value: fact.moreThan }}
          onChange={(moreThan) => onChange({ ...fact, moreThan })}
        />
      );
    case "circles":
      return (
        <NumberField
          label="Same question, times"
          {...{ disabled, min: 2, max: 10, step: 1, value: fact.times }}
          onChange={(times) => onChange({ ...fact, times })}
        />
      );
    case "keyword":
      return (
        <WordsField
          label="Words and phrases"
          disabled={disabled}
          values={fact.keywords}
          onChange={(keywords) => onChange({ ...fact, keywords })}
        />
      );
    case "explicit_request":
      return undefined;
  }
}

type Member = Extract<Fact, { on: "channel" | "language" | "topic" }>;

const memberLabels = { channel: "Channels", language: "Languages, as codes", topic: "Topics" };

function MemberFields({ fact, disabled, onChange }: Props & { fact: Member }) {
  function put(values: string[]) {
    if (fact.on !== "channel") onChange({ ...fact, values });
    else
      onChange({
        ...fact,
        values: values.filter((name) => ChannelName.safeParse(name).success) as ChannelName[],
      });
  }
  return (
    <div className="flex flex-col gap-2">
      <Select
        aria-label="How it is compared"
        className="w-32"
        disabled={disabled}
        value={fact.is}
        items={membership}
        onValueChange={(is) => onChange({ ...fact, is })}
      />
      {fact.on === "channel" ? (
        <fieldset className="flex flex-wrap gap-x-4 gap-y-2">
          <legend className="sr-only">{memberLabels.channel}</legend>
          {ChannelName.options.map((name) => (
            <label key={name} className="inline-flex items-center gap-1.5 text-ink-2 text-sm">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                disabled={disabled}
                checked={fact.values.includes(name)}
                onChange={({ target }) =>
                  put(target.checked ? [...fact.values, name] : fact.values.filter((other) => other !== name))
                }
              />
              {channelLabel(name)}
            </label>
          ))}
        </fieldset>
      ) : (
        <WordsField label={memberLabels[fact.on]} disabled={disabled} values={fact.values} onChange={put} />
      )}
    </div>
  );
}

function AttributeFields({ fact, disabled, onChange }: Props & { fact: Extract<Fact, { on: "attribute" }> }) {
  const numeric = fact.is === "above" || fact.is === "below";
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label="Attribute" className="w-36">
        <Input
          value={fact.name}
          disabled={disabled}
          maxLength={60}
          onChange={({ target }) => onChange({ ...fact, name: target.value })}
        />
      </Field>
      <Select
        aria-label="How it is compared"
        className="w-28"
        disabled={disabled}
        value={fact.is}
        items={comparisons}
        onValueChange={(is) => onChange({ ...fact, is, value: valueFor(is, String(fact.value)) })}
      />
      <Field label="Value" className="w-40">
        <Input
          value={String(fact.value)}
          disabled={disabled}
          maxLength={200}
          inputMode={numeric ? "decimal" : undefined}
          onChange={({ target }) => onChange({ ...fact, value: valueFor(fact.is, target.value) })}
        />
      </Field>
    </div>
  );
}

// Above and below compare with a number; the server says so where it is none.
function valueFor(is: Extract<Fact, { on: "attribute" }>["is"], typed: string): string | number {
  const number = Number(typed);
  const asNumber = (is === "above" || is === "below") && typed.trim() !== "" && Number.isFinite(number);
  return asNumber ? number : typed;
}
