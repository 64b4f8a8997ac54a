"use client";

import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";
import { useStored } from "#components/inbox/use-stored.ts";
import type { Command } from "./command.ts";

/** Binds the keys of commands; single letters can be switched off and never fire while somebody writes. */
export function useCommandKeys(commands: Command[]) {
  const latest = useRef(commands);
  latest.current = commands;
  const [letters] = useStored("letters", true);

  const bindings = commands.map(({ id, bindings = [] }) => `${id} ${bindings.join(" ")}`).join("|");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `bindings` stands for the commands.
  useEffect(() => {
    const bound = latest.current.flatMap(({ id, bindings = [] }) =>
      bindings.map((binding) => [id, binding] as const),
    );
    const pressed = bound.flatMap(([id, binding]) => {
      const modified = binding.startsWith("$mod");
      if (!modified && !letters && binding !== "Escape") return [];
      const press = (event: KeyboardEvent) => {
        if (event.defaultPrevented || (!modified && isBusy(event))) return;
        event.preventDefault();
        latest.current.find((command) => command.id === id)?.run();
      };
      return [[binding, press] as const];
    });
    return tinykeys(window, Object.fromEntries(pressed), { ignore: () => false });
  }, [bindings, letters]);
}

/** The key belongs to whatever is written in or open above the page. */
function isBusy({ target, isComposing }: KeyboardEvent): boolean {
  if (isComposing || !(target instanceof HTMLElement)) return true;
  if (
    target.isContentEditable ||
    target.closest(
      "input:not([type=checkbox]), textarea, select, [role=dialog], [role=menu], [role=listbox], [data-keys=off]",
    )
  ) {
    return true;
  }
  return document.querySelector("[role=dialog]") !== null;
}
