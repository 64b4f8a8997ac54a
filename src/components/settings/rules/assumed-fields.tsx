"use client";

import { channelLabel } from "#components/ui/channel-icon.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { ChannelName } from "#contracts/channel";
import type { Assumed } from "#contracts/rules";

type Props = { assumed: Assumed; onChange: (assumed: Assumed) => void };

const unsaid = "unsaid";

/** What to take for granted about a typed message; all of it may stay unsaid. */
export function AssumedFields({ assumed, onChange }: Props) {
  function put<Key extends keyof Assumed>(key: Key, value: Assumed[Key] | undefined) {
    const { [key]: _, ...rest } = assumed;
    onChange(value === undefined ? rest : { ...rest, [key]: value });
  }
  return (
    <details className="rounded-lg border border-line px-3 py-2">
      <summary className="cursor-pointer font-medium text-ink-2 text-sm">Suppose that…</summary>
      <div className="flex flex-wrap gap-4 py-3">
        <Field label="Channel" className="w-36">
          <Select
            value={assumed.channel ?? unsaid}
            items={[
              { value: unsaid, label: "Web chat" },
              ...ChannelName.options
                .filter((name) => name !== "web")
                .map((name) => ({ value: name, label: channelLabel(name) })),
            ]}
            onValueChange={(name) => put("channel", ChannelName.safeParse(name).data)}
          />
        </Field>
        <Field label="Office hours" className="w-36">
          <Select
            value={assumed.officeHours ?? unsaid}
            items={[
              { value: unsaid, label: "As now" },
              { value: "open", label: "Open" },
              { value: "closed", label: "Closed" },
            ]}
            onValueChange={(is) => put("officeHours", is === "open" || is === "closed" ? is : undefined)}
          />
        </Field>
        <Typed label="Language" value={assumed.language} onChange={(text) => put("language", text)} />
        <Typed label="Topic" value={assumed.topic} onChange={(text) => put("topic", text)} />
        <Typed
          label="Messages so far"
          value={assumed.messages}
          onChange={(text) => put("messages", numberIn(text))}
        />
        <Typed
          label="AI is sure by"
          value={assumed.confidence}
          onChange={(text) => put("confidence", numberIn(text))}
        />
        <Typed
          label="Asked so often"
          value={assumed.sameQuestion}
          onChange={(text) => put("sameQuestion", numberIn(text))}
        />
      </div>
    </details>
  );
}

function Typed(props: {
  label: string;
  value: string | number | undefined;
  onChange: (text: string | undefined) => void;
}) {
  return (
    <Field label={props.label} className="w-36">
      <Input
        value={props.value ?? ""}
        maxLength={60}
        onChange={({ target }) => props.onChange(target.value.trim() === "" ? undefined : target.value)}
      />
    </Field>
  );
}

function numberIn(text: string | undefined): number | undefined {
  const number = Number(text);
  return text === undefined || !Number.isFinite(number) ? undefined : number;
}
