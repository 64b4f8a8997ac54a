"use client";

import { useEffect, useState } from "react";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import type { TextField } from "./use-text-field.ts";

/** Shows the reply to those beside it, and keeps from which suggestion its words came. */
export function useReplyField(reply: { text: string; field: TextField } | undefined) {
  const { composer } = useInbox();
  const [suggestionId, setSuggestionId] = useState<string>();

  useEffect(() => {
    if (!reply) return;
    const { text, field } = reply;
    composer.show({
      text,
      insert(words, { at = "cursor", suggestionId: id }) {
        if (id !== undefined) setSuggestionId(id);
        if (at === "all") field.write(words, { start: words.length, end: words.length });
        else field.insert(words);
      },
    });
  });
  useEffect(() => () => composer.show(undefined), [composer]);

  return {
    /** Nothing is left of a suggestion whose words were all deleted. */
    id: reply?.text.trim() === "" ? undefined : suggestionId,
    clear: () => setSuggestionId(undefined),
  };
}
