"use client";

import { useCallback, useEffect, useRef, useState } from "react";

/** A text field whose words and cursor are known, and that takes words from elsewhere. */
export function useTextField(text: string, onChange: (text: string) => void) {
  const ref = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(text.length);

  // Whoever goes on with words that were begun before goes on at their end.
  useEffect(() => ref.current?.setSelectionRange(ref.current.value.length, ref.current.value.length), []);

  /** Writes a whole text, selects a part of it, and brings focus there. */
  const write = useCallback(
    (next: string, selected: { start: number; end: number }) => {
      onChange(next);
      setCaret(selected.end);
      // Once the field has the words.
      requestAnimationFrame(() => {
        ref.current?.focus();
        ref.current?.setSelectionRange(selected.start, selected.end);
      });
    },
    [onChange],
  );

  /** Puts words where the cursor stands, or in place of what is selected. */
  const insert = useCallback(
    (words: string) => {
      const field = ref.current;
      const start = field?.selectionStart ?? text.length;
      const end = field?.selectionEnd ?? text.length;
      const after = start + words.length;
      write(text.slice(0, start) + words + text.slice(end), { start: after, end: after });
    },
    [text, write],
  );

  return {
    ref,
    caret,
    write,
    insert,
    /** The cursor moved, or something was written. */
    onCaret: () => setCaret(ref.current?.selectionEnd ?? 0),
  };
}

export type TextField = ReturnType<typeof useTextField>;
