import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Leaves the reader where they are when something is put above what they read. */
export function useReadingPlace(scroller: RefObject<HTMLElement | null>, first: string | undefined) {
  const known = useRef<string | undefined>(undefined);
  const place = useRef<{ fromEnd: number; onButton: boolean } | undefined>(undefined);
  const element = scroller.current;
  if (known.current !== first) {
    known.current = first;
    // Read while the page still shows what was: from the end, as all that comes stands above.
    place.current = element
      ? {
          fromEnd: element.scrollHeight - element.scrollTop,
          onButton: document.activeElement?.className === "earlier",
        }
      : undefined;
  }
  useLayoutEffect(() => {
    if (!place.current || !element) return;
    element.scrollTop = element.scrollHeight - place.current.fromEnd;
    // What stands where it stood, or above, does not come in like something new.
    for (const each of element.getAnimations({ subtree: true })) {
      if ("animationName" in each && each.animationName === "rise") each.finish();
    }
    // The button is out of sight now, or gone: from the log one scrolls on by keyboard, or tabs to it again.
    if (place.current.onButton) element.focus({ preventScroll: true });
    place.current = undefined;
  });
}
