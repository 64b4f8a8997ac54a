"use client";

import { useSyncExternalStore } from "react";

/** Where words are put into a reply, and the suggestion that they came from. */
export type Insertion = { at?: "cursor" | "all"; suggestionId?: string };

/** The reply that is on screen, as its own text field offers it. */
export type ReplyField = {
  text: string;
  insert: (text: string, insertion: Insertion) => void;
};

/** The reply of the open conversation, for whoever helps to write it from beside it. */
export type ComposerAccess = ReturnType<typeof createComposerAccess>;

/** Ties the text field of the reply to those beside it, whichever of them is on screen first. */
export function createComposerAccess() {
  const listeners = new Set<() => void>();
  let field: ReplyField | undefined;
  let openReply = () => {};

  return {
    /** The reply as it is written now; undefined where none can be written. */
    text: () => field?.text,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** Puts words into the reply and brings focus there; false where none can be written. */
    insert(text: string, insertion: Insertion = {}): boolean {
      if (!field) openReply();
      field?.insert(text, insertion);
      return field !== undefined;
    },
    /** For the composer: what is on screen now. */
    show(next: ReplyField | undefined) {
      const changed = next?.text !== field?.text;
      field = next;
      if (changed) for (const listener of listeners) listener();
    },
    /** For the panes: how the reply is brought on screen, at once. */
    onOpen(open: () => void) {
      openReply = open;
    },
  };
}

/** The words of the reply, as they change. */
export function useReplyText({ composer }: { composer: ComposerAccess }): string | undefined {
  return useSyncExternalStore(composer.subscribe, composer.text, () => undefined);
}
