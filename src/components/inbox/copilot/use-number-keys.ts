"use client";

import { useEffect, useRef } from "react";

/** Calls back when Alt and a digit are pressed, wherever somebody writes; the first is 0. */
export function useNumberKeys(onPress: (index: number) => void) {
  const latest = useRef(onPress);
  latest.current = onPress;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
      // By the key's place: with Alt held, its letter is another one on many keyboards.
      const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
      if (digit === undefined || document.querySelector("[role=dialog]")) return;
      event.preventDefault();
      latest.current(Number(digit) - 1);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
