import { parseToFrame, type ToFrame, type ToPage } from "./messages.ts";

/** The frame's end of the line to the page: one exact origin, parsed words only. */
export function createBridge(pageOrigin: string | undefined, allowed: readonly string[]) {
  const page = pageOrigin !== undefined && isAllowed(pageOrigin, allowed) ? pageOrigin : undefined;
  const alone = window.parent === window;
  return {
    /** No page around this frame: it stands on its own and is always open. */
    alone,
    say(word: ToPage) {
      if (!alone && page !== undefined) window.parent.postMessage(word, page);
    },
    listen(hear: (word: ToFrame) => void) {
      window.addEventListener("message", ({ source, origin, data }) => {
        if (source !== window.parent || origin !== page) return;
        const word = parseToFrame(data);
        if (word !== undefined) hear(word);
      });
    },
  };
}

function isAllowed(origin: string, allowed: readonly string[]): boolean {
  return origin === location.origin || allowed.includes(origin);
}
