"use client";

import { Check, ExternalLink } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { safeHref } from "#components/ui/markdown.tsx";
import type { MessageView } from "#contracts/conversation";
import type { AnswerValues, Card, CardAction, Choices, Form } from "#contracts/structured";
import { useAnswer } from "./answers-context.tsx";

/** What a message carried for its customer to press, read or fill in, and what they answered. */
export function Structured({ message: { id, data } }: { message: MessageView }) {
  const answer = useAnswer(id);
  switch (data?.kind) {
    case "choices":
      return <ChoicesView choices={data.choices} chosen={answer?.choice} />;
    case "cards":
      return <CardsView cards={data.cards} />;
    case "form":
      return <FormView form={data} answer={answer} />;
    default:
      return undefined;
  }
}

type ChoicesProps = { choices: Choices["choices"]; chosen: string | number | undefined };

function ChoicesView({ choices, chosen }: ChoicesProps) {
  return (
    <ul aria-label="Answer buttons" className="mt-2 flex flex-wrap gap-1.5">
      {choices.map(({ id, label }) => (
        <li key={id}>
          <Chip chosen={id === chosen}>{label}</Chip>
        </li>
      ))}
    </ul>
  );
}

function Chip({ chosen, children }: { chosen?: boolean; children: string }) {
  return (
    <span
      dir="auto"
      className={cn(
        "inline-flex min-h-7 items-center gap-1 rounded-full border border-current/35 px-2.5 py-0.5 text-xs",
        chosen ? "bg-current/12 font-semibold" : "",
      )}
    >
      {chosen ? <Check className="size-3.5 shrink-0" aria-hidden /> : undefined}
      {children}
      {chosen ? <span className="sr-only"> (chosen by the customer)</span> : undefined}
    </span>
  );
}

function CardsView({ cards }: { cards: Card[] }) {
  return (
    <ul aria-label="Cards" className="mt-2 flex flex-col gap-1.5">
      {cards.map(({ title, text, actions }) => (
        <li key={title} className="flex flex-col gap-1 rounded-lg border border-current/25 px-3 py-2 text-sm">
          <p dir="auto" className="font-semibold">
            {title}
          </p>
          {text ? <p dir="auto">{text}</p> : undefined}
          {actions.length > 0 ? (
            <p className="flex flex-wrap gap-1.5 pt-1">
              {actions.map((action) => (
                <Action key={action.label} action={action} />
              ))}
            </p>
          ) : undefined}
        </li>
      ))}
    </ul>
  );
}

function Action({ action }: { action: CardAction }) {
  const href = "url" in action ? safeHref(action.url) : undefined;
  if (href === undefined) return <Chip>{action.label}</Chip>;
  return (
    <a
      dir="auto"
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="inline-flex min-h-7 items-center gap-1 rounded-full border border-current/35 px-2.5 py-0.5 text-xs underline underline-offset-2"
    >
      {action.label}
      <ExternalLink className="size-3 shrink-0" aria-hidden />
    </a>
  );
}

function FormView({ form, answer }: { form: Form; answer: AnswerValues | undefined }) {
  return (
    <div className="mt-2 rounded-lg border border-current/25 px-3 py-2 text-sm">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span dir="auto" className="font-semibold">
          {form.title ?? "Form"}
        </span>
        <span className="text-xs">{answer === undefined ? "Not answered yet" : "Answered"}</span>
      </p>
      <dl className="mt-1 grid grid-cols-[fit-content(50%)_minmax(4rem,1fr)] gap-x-3 gap-y-0.5">
        {form.fields.map(({ id, label, required, choices }) => (
          <FieldLine
            key={id}
            label={required ? label : `${label} (optional)`}
            value={wordsOf(answer?.[id], choices)}
          />
        ))}
      </dl>
    </div>
  );
}

function FieldLine({ label, value }: { label: string; value: string | undefined }) {
  return (
    <>
      <dt dir="auto" className="break-words">
        {label}
      </dt>
      <dd dir="auto" className="break-words font-medium">
        {value ?? <span aria-hidden>–</span>}
      </dd>
    </>
  );
}

function wordsOf(value: string | number | undefined, choices: Form["fields"][number]["choices"]) {
  if (value === undefined) return undefined;
  return choices?.find(({ id }) => id === value)?.label ?? String(value);
}
