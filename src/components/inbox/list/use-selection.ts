"use client";

import { useCallback, useMemo, useState } from "react";
import { extend, kept, nothingChosen, type Selection, toggle } from "./selection.ts";

/** Which conversations of the list on screen are chosen together. Another list begins with none. */
export function useSelection(list: string, order: readonly string[]) {
  const [state, setState] = useState({ list, selection: nothingChosen });
  const [begun, setBegun] = useState<string>();
  const selection = state.list === list ? state.selection : nothingChosen;

  const set = useCallback(
    (change: (selection: Selection) => Selection) =>
      setState((before) => ({
        list,
        selection: change(before.list === list ? before.selection : nothingChosen),
      })),
    [list],
  );
  // What left the list is no longer acted on.
  const ids = useMemo(() => [...kept(selection, order).ids], [selection, order]);

  return {
    ids,
    /** Each row shows whether it is chosen. */
    choosing: ids.length > 0 || begun === list,
    /** For who cannot point at a row without pressing it. */
    begin: () => setBegun(list),
    has: (id: string) => selection.ids.has(id),
    toggle: (id: string) => set((before) => toggle(before, id)),
    extend: (id: string) => set((before) => extend(before, id, order)),
    clear: useCallback(() => {
      setBegun(undefined);
      set(() => nothingChosen);
    }, [set]),
    all: () => set(() => ({ ids: new Set(order.slice(0, 100)) })),
  };
}

export type Chosen = ReturnType<typeof useSelection>;
