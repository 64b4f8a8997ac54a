"use client";

import type { Thread } from "#components/inbox/data/thread.ts";
import { Section } from "#components/inbox/details/section.tsx";
import { Ask } from "./ask.tsx";
import { DraftTools } from "./draft-tools.tsx";
import { Suggestions } from "./suggestions.tsx";
import { Summary } from "./summary.tsx";
import { useSuggestions } from "./use-suggestions.ts";

type Props = {
  thread: Thread;
  /** Clears the way to the reply, where the panel lies above it. */
  onInserted?: (() => void) | undefined;
};

/** What the co-pilot offers for the open conversation. It sends nothing by itself. */
export function CopilotPanel({ thread, onInserted }: Props) {
  const { row, customer } = thread;
  const suggestions = useSuggestions(thread);
  return (
    <>
      <Suggestions thread={thread} suggestions={suggestions} onInserted={onInserted} />
      <Section id="copilot-draft" title="Your draft">
        <DraftTools
          conversationId={row.id}
          onReplaced={onInserted}
          model={suggestions.suggesting?.model}
          customerLanguage={row.attributes.language ?? customer.locale}
        />
      </Section>
      <Section id="copilot-summary" title="Summary">
        <Summary conversationId={row.id} head={suggestions.turn} />
      </Section>
      <Section id="copilot-ask" title="Ask the articles">
        <Ask conversationId={row.id} onInserted={onInserted} />
      </Section>
    </>
  );
}
