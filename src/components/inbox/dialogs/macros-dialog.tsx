"use client";

import { ArrowLeft, CircleAlert, Zap } from "lucide-react";
import { useRef, useState } from "react";
import { asWireError } from "#client/wire-error";
import { useMacroPreview, useMacros } from "#components/inbox/data/desk-queries.ts";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SearchList } from "#components/ui/search-list.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Macro } from "#contracts/desk-tools";
import type { ConversationRow } from "#contracts/operator";
import { useMacroRun } from "./use-macro-run.ts";

type Props = { row: ConversationRow; onClose: () => void };

/** Several steps in one: chosen by name, shown before they are done, taken back with one press where they can be. */
export function MacrosDialog({ row, onClose }: Props) {
  const [chosen, setChosen] = useState<Macro>();
  return chosen ? (
    <Preview macro={chosen} row={row} onBack={() => setChosen(undefined)} onClose={onClose} />
  ) : (
    <Choice onChoose={setChosen} onClose={onClose} />
  );
}

type ChoiceProps = { onChoose: (macro: Macro) => void; onClose: () => void };

function Choice({ onChoose, onClose }: ChoiceProps) {
  const [query, setQuery] = useState("");
  const { data: macros, isPending, isError, refetch } = useMacros();
  const wanted = query.trim().toLowerCase();
  const found = (macros ?? [])
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .toSorted((a, b) => b.used - a.used);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Run a macro" className="max-w-md">
      <SearchList
        label="Macro"
        placeholder="Name…"
        query={query}
        onQuery={setQuery}
        items={found}
        keyOf={({ id }) => id}
        onChoose={onChoose}
        onEscape={onClose}
        className="max-h-80"
        empty={
          <NoMacros
            pending={isPending}
            failed={isError}
            none={macros?.length === 0}
            retry={() => void refetch()}
          />
        }
      >
        {({ name, actions }) => (
          <>
            <Zap className="size-4 shrink-0 text-ink-3" aria-hidden />
            <span dir="auto" className="min-w-0 flex-1 truncate font-medium">
              {name}
            </span>
            <span className="text-ink-3 text-xs">
              {actions.length} {actions.length === 1 ? "step" : "steps"}
            </span>
          </>
        )}
      </SearchList>
    </Dialog>
  );
}

type NoneProps = { pending: boolean; failed: boolean; none: boolean; retry: () => void };

function NoMacros({ pending, failed, none, retry }: NoneProps) {
  if (pending) return <Skeleton className="h-24" />;
  if (failed) {
    return (
      <span>
        The macros did not load.{" "}
        <Button variant="link" onClick={retry}>
          Try again
        </Button>
      </span>
    );
  }
  if (!none) return "No macro has this name.";
  return (
    <span>
      There are no macros yet.{" "}
      <a href="/settings/macros" className="font-medium text-accent-ink underline underline-offset-2">
        Make the first one
      </a>
    </span>
  );
}

type PreviewProps = { macro: Macro; row: ConversationRow; onBack: () => void; onClose: () => void };

function Preview({ macro, row, onBack, onClose }: PreviewProps) {
  const { data: preview, error } = useMacroPreview(macro.id, row.id);
  const run = useMacroRun(macro, row, onClose);
  const runButton = useRef<HTMLButtonElement>(null);
  const blocked = preview?.steps[0]?.problem !== undefined;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={macro.name}
      description="This is what it does, in this order."
      initialFocus={runButton}
      className="max-w-md"
      footer={
        <>
          <Button onClick={onBack} className="me-auto">
            <ArrowLeft className="rtl:rotate-180" aria-hidden />
            Back
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            ref={runButton}
            variant="primary"
            // Whoever still holds down the key that chose the macro has not agreed to it.
            onKeyDown={(event) => event.repeat && event.preventDefault()}
            busy={run.busy}
            disabled={!preview || blocked}
            focusableWhenDisabled
            onClick={run.start}
          >
            <Zap aria-hidden />
            Run
          </Button>
        </>
      }
    >
      {error ? <Callout tone="bad">{asWireError(error).message}</Callout> : undefined}
      {!preview && !error ? <Skeleton className="h-24" /> : undefined}
      <ol className="flex flex-col gap-3">
        {preview?.steps.map(({ sentence, text, problem }, index) => (
          <li key={`${String(index)}${sentence}`} className="flex gap-2.5 text-sm">
            <span
              aria-hidden
              className="flex size-5 shrink-0 items-center justify-center rounded-full bg-sunken text-2xs text-ink-2 tabular-nums"
            >
              {index + 1}
            </span>
            <span className="min-w-0 flex-1">
              {sentence}
              {text ? (
                <span
                  dir="auto"
                  className="mt-1 block whitespace-pre-wrap rounded-md border border-line bg-sunken px-2.5 py-1.5 text-ink-2"
                >
                  {text}
                </span>
              ) : undefined}
              {problem ? (
                <span className="mt-1 flex items-start gap-1.5 text-red-ink text-xs">
                  <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden />
                  {problem}
                </span>
              ) : undefined}
            </span>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
