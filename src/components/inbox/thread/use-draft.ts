"use client";

import { useCallback, useState } from "react";

/** Words not sent yet, kept for each conversation in this browser. */
export function useDraft(name: string) {
  const key = `baton.draft.${name}`;
  const [draft, setDraft] = useState(() => read(key));

  const change = useCallback(
    (text: string) => {
      setDraft(text);
      try {
        if (text === "") localStorage.removeItem(key);
        else localStorage.setItem(key, text);
      } catch {
        // Without storage a draft lives as long as its page.
      }
    },
    [key],
  );
  return [draft, change] as const;
}

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}
