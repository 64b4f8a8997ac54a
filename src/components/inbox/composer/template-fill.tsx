"use client";

import { ArrowLeft, SendHorizontal } from "lucide-react";
import { useId, useState } from "react";
import { areNumbers, filledIn, gapsOf, piecesOf } from "#client/template-gaps";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { outboxOf } from "#components/inbox/outboxes.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Input } from "#components/ui/input.tsx";
import type { ConversationRow, Template } from "#contracts/operator";
import { composerId } from "./composer-id.ts";

/** What one message of the log may hold. */
const longest = 8_000;

type Props = { row: ConversationRow; template: Template; hint: string; onLeave: () => void };

/** A template with its values beside what the customer will read. */
export function TemplateFill({ row, template, hint, onLeave }: Props) {
  const { me } = useInbox();
  const { name, language, body } = template;
  const gaps = gapsOf(body);
  const [values, setValues] = useState(gaps.map(() => ""));
  const trimmed = values.map((value) => value.trim());
  const ready = !trimmed.includes("");

  function send() {
    if (!ready) return;
    const names = areNumbers(gaps) ? {} : { names: gaps };
    const box = outboxOf(me.id, row.id, "all");
    const text = filledIn(body, trimmed).slice(0, longest);
    box.add({ text, along: { template: { name, language, values: trimmed, ...names } } });
    onLeave();
  }

  return (
    <form
      className="flex flex-col gap-3 px-3.5 pt-1 pb-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="-ms-2 flex items-center gap-2">
        <IconButton
          size="sm"
          label="Choose another template"
          icon={<ArrowLeft className="rtl:-scale-x-100" aria-hidden />}
          onClick={onLeave}
        />
        <bdi className="min-w-0 truncate font-medium text-sm">{name}</bdi>
        <Badge>{language}</Badge>
      </div>
      <section
        aria-label="Template"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="-m-1 grid max-h-[min(20rem,42dvh)] gap-3 overflow-y-auto rounded-md p-1 @lg:grid-cols-2"
      >
        {gaps.length > 0 ? <Values gaps={gaps} values={values} onChange={setValues} /> : undefined}
        <Preview body={body} values={trimmed} />
      </section>
      <div className="flex flex-wrap items-center gap-2">
        {hint ? <p className="text-ink-3 text-xs">{hint}</p> : undefined}
        <Button
          type="submit"
          variant="primary"
          className="ms-auto"
          disabled={!ready}
          focusableWhenDisabled
          {...(gaps.length === 0 ? { id: composerId, autoFocus: true } : {})}
        >
          <SendHorizontal aria-hidden />
          Send template
        </Button>
      </div>
    </form>
  );
}

type ValuesProps = { gaps: string[]; values: string[]; onChange: (values: string[]) => void };

/** What stands in the gaps of the template, in their order. */
function Values({ gaps, values, onChange }: ValuesProps) {
  const id = useId();
  const numbered = areNumbers(gaps);
  return (
    <ol aria-label="Values" className="flex flex-col gap-1.5">
      {gaps.map((gap, index) => {
        const fieldId = index === 0 ? composerId : `${id}-${gap}`;
        return (
          <li key={gap} className={numbered ? "flex items-center gap-2" : "flex flex-col gap-0.5"}>
            <label
              htmlFor={fieldId}
              title={gap}
              className={cn("shrink-0 truncate font-mono text-ink-3 text-xs", numbered && "w-10")}
            >
              <span className="sr-only">Value for </span>
              {numbered ? `{{${gap}}}` : gap}
            </label>
            <Input
              id={fieldId}
              dir="auto"
              // It was just chosen, and its values are what comes next.
              autoFocus={index === 0}
              value={values[index] ?? ""}
              maxLength={1_000}
              autoComplete="off"
              onChange={(event) => onChange(values.with(index, event.target.value))}
              onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
            />
          </li>
        );
      })}
    </ol>
  );
}

/** The words of the template with what fills them; a gap that is still empty shows its name. */
function Preview({ body, values }: { body: string; values: string[] }) {
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <figcaption className="text-2xs text-ink-3">Preview</figcaption>
      <p
        dir="auto"
        className="whitespace-pre-wrap rounded-xl rounded-ee-sm border border-line bg-sunken px-3 py-2 text-sm [overflow-wrap:anywhere]"
      >
        {keyed(body, values).map(({ key, piece }) => {
          if ("words" in piece) return piece.words;
          if (piece.value !== "")
            return (
              <bdi key={key} className="font-medium underline decoration-ink-3/50 underline-offset-3">
                {piece.value}
              </bdi>
            );
          return (
            <mark key={key} className="rounded-sm bg-amber-soft px-0.5 font-mono text-amber-ink text-xs">
              {piece.gap}
            </mark>
          );
        })}
      </p>
    </figure>
  );
}

/** Pieces have no names of their own: the number and order of them never change for one template. */
function keyed(body: string, values: string[]) {
  return piecesOf(body, values).map((piece, key) => ({ key, piece }));
}
