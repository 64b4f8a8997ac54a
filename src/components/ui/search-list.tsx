"use client";

import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cn } from "./cn.ts";
import { controlClass } from "./input.tsx";

type Props<Item> = {
  /** Of the text field, where something else brings focus there. */
  id?: string;
  label: string;
  placeholder?: string;
  query: string;
  onQuery: (query: string) => void;
  items: readonly Item[];
  keyOf: (item: Item) => string;
  onChoose: (item: Item) => void;
  onEscape?: (field: HTMLElement) => void;
  /** What stands in place of the list when nothing is found. */
  empty: ReactNode;
  className?: string;
  children: (item: Item) => ReactNode;
};

/** A text field with the things that fit its words below it; arrows move, Enter chooses (ARIA, "Combobox pattern"). */
export function SearchList<Item>(props: Props<Item>) {
  const { id, label, placeholder, query, onQuery, items, keyOf, onChoose, onEscape } = props;
  const list = useId();
  const [active, setActive] = useState(0);
  const at = Math.min(active, items.length - 1);
  const found = items.length > 0;

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = items[at];
    if (step !== undefined && found) setActive((at + step + items.length) % items.length);
    else if (event.key === "Enter" && chosen !== undefined) onChoose(chosen);
    else if (event.key === "Escape") return onEscape?.(event.currentTarget);
    else if (event.key !== "Enter") return;
    event.preventDefault();
  }

  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="relative">
        <Search className="-translate-y-1/2 absolute start-2.5 top-1/2 size-3.5 text-ink-3" aria-hidden />
        <input
          id={id}
          type="text"
          role="combobox"
          dir="auto"
          value={query}
          maxLength={100}
          aria-label={label}
          placeholder={placeholder}
          aria-expanded={found}
          aria-controls={found ? list : undefined}
          aria-activedescendant={found ? `${list}-${at}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setActive(0);
            onQuery(event.target.value);
          }}
          onKeyDown={onKeyDown}
          className={cn(controlClass, "h-8 ps-8")}
        />
      </div>
      {found ? (
        <div
          id={list}
          role="listbox"
          tabIndex={-1}
          aria-label={label}
          className={cn("-mx-1 flex flex-col gap-px overflow-y-auto p-1 outline-none", props.className)}
        >
          {items.map((item, index) => (
            <Option
              key={keyOf(item)}
              id={`${list}-${index}`}
              active={index === at}
              onHover={() => setActive(index)}
              onChoose={() => onChoose(item)}
            >
              {props.children(item)}
            </Option>
          ))}
        </div>
      ) : (
        <div role="status" className="px-1 py-2 text-ink-3 text-sm">
          {props.empty}
        </div>
      )}
    </div>
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
    // biome-ignore lint/a11y/useKeyWithClickEvents: the text field above has the focus and hears the keys.
    <div
      ref={self}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onPointerMove={onHover}
      onClick={onChoose}
      className="flex min-h-11 shrink-0 cursor-pointer items-center gap-3 rounded-md px-2 py-1.5 text-sm outline-none aria-selected:bg-accent-soft"
    >
      {children}
    </div>
  );
}
