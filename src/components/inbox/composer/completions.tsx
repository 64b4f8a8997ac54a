"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import type { Trigger } from "./trigger.ts";

/** Something that can stand in place of what was asked for. */
export type Completion = { key: string; words: string; onUse?: () => void; children: ReactNode };

type Options = {
  trigger: Trigger | undefined;
  items: Completion[];
  onChoose: (completion: Completion, trigger: Trigger) => void;
};

/** What fits the words before the cursor: arrows move, Enter or Tab chooses, Esc leaves it until something else is asked for. */
export function useCompletions({ trigger, items, onChoose }: Options) {
  const list = useId();
  const [active, setActive] = useState({ at: 0, of: "" });
  const [dismissed, setDismissed] = useState<number>();
  const asked = trigger === undefined ? "" : `${trigger.sign}${trigger.query}`;
  const open = trigger !== undefined && items.length > 0 && dismissed !== trigger.from;
  const at = active.of === asked ? Math.min(active.at, items.length - 1) : 0;

  useEffect(() => {
    if (trigger === undefined) setDismissed(undefined);
  }, [trigger]);

  function choose(item: Completion | undefined) {
    if (item && trigger) onChoose(item, trigger);
  }

  /** Says whether the key was for the list. */
  function onKeyDown(event: KeyboardEvent): boolean {
    if (!open || event.nativeEvent.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive({ at: (at + step + items.length) % items.length, of: asked });
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") choose(items[at]);
    else if (event.key === "Escape") setDismissed(trigger.from);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  const field = {
    "aria-autocomplete": "list" as const,
    "aria-haspopup": "listbox" as const,
    "aria-controls": open ? list : undefined,
    "aria-activedescendant": open ? `${list}-${at}` : undefined,
  };
  return {
    open,
    items,
    list,
    at,
    choose,
    onKeyDown,
    field,
    hover: (to: number) => setActive({ at: to, of: asked }),
  };
}

type Props = { completions: ReturnType<typeof useCompletions>; label: string; foot?: ReactNode };

/** The list above the text. */
export function CompletionList({ completions, label, foot }: Props) {
  const { open, items, list, at, choose, hover } = completions;
  return (
    <>
      <p role="status" className="sr-only">
        {open ? `${label}: ${items.length}` : ""}
      </p>
      {open ? (
        <div className="absolute inset-x-2 bottom-full z-30 mb-2 flex max-h-80 max-w-xl animate-rise flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-lg">
          <div id={list} role="listbox" aria-label={label} className="overflow-y-auto p-1">
            {items.map((item, index) => (
              <Option
                key={item.key}
                id={`${list}-${index}`}
                active={index === at}
                onHover={() => hover(index)}
                onChoose={() => choose(item)}
              >
                {item.children}
              </Option>
            ))}
          </div>
          {foot ? (
            <div className="border-line border-t px-3 py-1.5 text-2xs text-ink-3">{foot}</div>
          ) : undefined}
        </div>
      ) : undefined}
    </>
  );
}

type OptionProps = {
  id: string;
  active: boolean;
  onHover: () => void;
  onChoose: () => void;
  children: ReactNode;
};

function Option({ id, active, onHover, onChoose, children }: OptionProps) {
  const self = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) self.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the text below has the focus and hears the keys.
    <div
      ref={self}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onPointerMove={onHover}
      // Before the text loses its focus, and with it the place where the words go.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cn(
        "flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-none",
        active && "bg-accent-soft",
      )}
    >
      {children}
    </div>
  );
}
