"use client";

import { ArrowLeft, Plus, SendHorizontal, X } from "lucide-react";
import { useState } from "react";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { outboxOf } from "#components/inbox/outboxes.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { ConversationRow } from "#contracts/operator";
import { composerId } from "./composer-id.ts";

const mostValues = 20;

type Value = { key: number; text: string };
type Props = { row: ConversationRow; hint: string; onLeave?: () => void };

/** A template by its name, for where there is no list of them to choose from. */
export function TemplateForm({ row, hint, onLeave }: Props) {
  const { me } = useInbox();
  const [name, setName] = useState("");
  const [language, setLanguage] = useState("en");
  const [values, setValues] = useState<Value[]>([]);
  const template = {
    name: name.trim(),
    language: language.trim(),
    values: values.map(({ text }) => text.trim()),
  };
  const ready = template.name !== "" && template.language.length > 1 && !template.values.includes("");

  function send() {
    if (!ready) return;
    const box = outboxOf(me.id, row.id, "all");
    box.add({ text: templateWords(template), along: { template } });
    setName("");
    setValues([]);
  }

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="grid grid-cols-[1fr_6rem] gap-2">
        <Field label="Template" className="min-w-0">
          <Input
            id={composerId}
            dir="ltr"
            value={name}
            maxLength={512}
            placeholder="order_update"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          />
        </Field>
        <Field label="Language">
          <Input
            dir="ltr"
            value={language}
            maxLength={20}
            placeholder="en_US"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setLanguage(event.target.value)}
          />
        </Field>
      </div>
      {values.length > 0 ? <Values values={values} onChange={setValues} /> : undefined}
      <div className="flex flex-wrap items-center gap-2">
        {onLeave ? (
          <Button size="sm" variant="ghost" onClick={onLeave}>
            <ArrowLeft className="rtl:-scale-x-100" aria-hidden />
            Back to the list
          </Button>
        ) : undefined}
        {values.length < mostValues ? (
          <Button
            size="sm"
            variant="ghost"
            onClick={() => setValues([...values, { key: nextKey(values), text: "" }])}
          >
            <Plus aria-hidden />
            Add a value for {placeholder(values.length)}
          </Button>
        ) : undefined}
        {hint ? <p className="text-ink-3 text-xs">{hint}</p> : undefined}
        <Button type="submit" variant="primary" className="ms-auto" disabled={!ready} focusableWhenDisabled>
          <SendHorizontal aria-hidden />
          Send template
        </Button>
      </div>
    </form>
  );
}

type ValuesProps = { values: Value[]; onChange: (values: Value[]) => void };

/** What stands in the gaps of the template, in their order. */
function Values({ values, onChange }: ValuesProps) {
  return (
    <ol aria-label="Values" className="-m-1 flex max-h-40 flex-col gap-1.5 overflow-y-auto p-1">
      {values.map(({ key, text }, index) => (
        <li key={key} className="flex items-center gap-2">
          <span aria-hidden className="w-10 shrink-0 font-mono text-ink-3 text-xs">
            {placeholder(index)}
          </span>
          <Input
            dir="auto"
            // It was just asked for, and its words are what comes next.
            autoFocus
            value={text}
            maxLength={1_000}
            aria-label={`Value for ${placeholder(index)}`}
            onChange={(event) =>
              onChange(values.map((value) => (value.key === key ? { key, text: event.target.value } : value)))
            }
          />
          <IconButton
            size="sm"
            label={`Remove the value for ${placeholder(index)}`}
            icon={<X aria-hidden />}
            onClick={() => onChange(values.filter((value) => value.key !== key))}
          />
        </li>
      ))}
    </ol>
  );
}

type Template = { name: string; language: string; values: string[] };

/** How a template reads in the log, where its approved words are not known. */
export function templateWords({ name, language, values }: Template): string {
  const filled = values.length > 0 ? `: ${values.join(", ")}` : "";
  return `Template \`${name}\` (${language})${filled}`.slice(0, 8_000);
}

function placeholder(index: number): string {
  return `{{${index + 1}}}`;
}

function nextKey(values: Value[]): number {
  return (values.at(-1)?.key ?? 0) + 1;
}
