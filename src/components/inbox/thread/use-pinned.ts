"use client";

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** How near to the end still counts as "at the end". */
const near = 48;

/**
 * Keeps a log at its end while its reader is there, and in its place while the reader is elsewhere, also when older
 * messages come in above. `first` names the oldest message that is drawn, `reset` the log as a whole.
 */
export function usePinned({ first, reset }: { first: string | undefined; reset: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);
  const height = useRef(0);
  const top = useRef(0);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback((smooth = false) => {
    const box = scroller.current;
    if (!box) return;
    pinned.current = true;
    setAtEnd(true);
    box.scrollTo({ top: box.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another log begins at its end.
  useLayoutEffect(() => toEnd(), [reset, toEnd]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when something came in above.
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    if (!pinned.current) box.scrollTop += box.scrollHeight - height.current;
    height.current = box.scrollHeight;
  }, [first]);

  useEffect(() => {
    const box = scroller.current;
    if (!box || !content.current) return;
    const observer = new ResizeObserver(() => {
      height.current = box.scrollHeight;
      if (pinned.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(content.current);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const end = box.scrollHeight - box.scrollTop - box.clientHeight < near;
    const up = box.scrollTop < top.current - 1;
    top.current = box.scrollTop;
    // Our own scroll is told late, when more may stand below already: only a reader who goes up has left the end.
    if (end || up) pinned.current = end;
    setAtEnd(pinned.current);
  }, []);

  return { scroller, content, atEnd, toEnd, onScroll };
}
