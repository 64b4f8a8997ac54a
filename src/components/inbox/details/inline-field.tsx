"use client";

import { Pencil } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { asWireError } from "#client/wire-error";
import { FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type Props = {
  /** What is edited, for who cannot see where it stands. */
  label: string;
  value: string;
  /** How the value reads; the value itself where nothing is said. */
  shown?: ReactNode;
  placeholder?: string;
  maxLength?: number;
  /** Keeps the new value; what it throws is told beside the field. */
  onSave: (value: string) => Promise<unknown>;
};

/** A value that is edited where it stands: Enter keeps it, Esc leaves it. */
export function InlineField({
  label,
  value,
  shown,
  placeholder = "Not known",
  maxLength = 200,
  onSave,
}: Props) {
  const [draft, setDraft] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const leaving = useRef(false);

  function close() {
    leaving.current = true;
    // At once, so that there is a button to bring focus back to.
    flushSync(() => {
      setDraft(undefined);
      setProblem(undefined);
    });
    leaving.current = false;
    button.current?.focus();
  }

  async function save() {
    if (draft === undefined || leaving.current) return;
    if (draft.trim() === value) return close();
    try {
      await onSave(draft.trim());
      close();
    } catch (error) {
      setProblem(asWireError(error).message);
    }
  }

  if (draft === undefined) {
    return (
      <button
        ref={button}
        type="button"
        aria-label={`Change ${label}, now ${value || placeholder}`}
        onClick={() => setDraft(value)}
        className="group/inline -mx-1.5 flex min-h-6 max-w-full items-center gap-1.5 rounded-md px-1.5 text-start hover:bg-hover"
      >
        <span dir="auto" className={value === "" ? "truncate text-ink-3" : "truncate"}>
          {value === "" ? placeholder : (shown ?? value)}
        </span>
        <Pencil
          className="size-3 shrink-0 text-ink-3 opacity-0 group-hover/inline:opacity-100 group-focus-visible/inline:opacity-100"
          aria-hidden
        />
      </button>
    );
  }
  return (
    <span className="flex flex-col gap-1">
      <Input
        aria-label={label}
        dir="auto"
        autoFocus
        value={draft}
        maxLength={maxLength}
        aria-invalid={problem !== undefined || undefined}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape") {
            event.stopPropagation();
            close();
          }
          if (event.key !== "Enter") return;
          event.preventDefault();
          void save();
        }}
        className="h-7"
      />
      {problem ? <FieldError>{problem}</FieldError> : undefined}
    </span>
  );
}
