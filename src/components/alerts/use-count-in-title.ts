"use client";

import { useEffect } from "react";
import { shortCount } from "./alert-state.ts";

/** Shows a number before the window's title, whoever sets it, and on the icon of an installed app. */
export function useCountInTitle(count: number): void {
  useEffect(() => {
    const keep = () => {
      const wanted = titled(document.title, count);
      if (document.title !== wanted) document.title = wanted;
    };
    keep();
    const watch = new MutationObserver(keep);
    watch.observe(document.head, { subtree: true, childList: true, characterData: true });
    return () => watch.disconnect();
  }, [count]);

  useEffect(() => {
    // Not every browser has badges, nor lets every page set them.
    const shown = count === 0 ? navigator.clearAppBadge?.() : navigator.setAppBadge?.(count);
    shown?.catch(() => undefined);
  }, [count]);
}

/** A title with its number, in place of any it had. */
export function titled(title: string, count: number): string {
  const bare = title.replace(/^\(\d+\+?\) /, "");
  return count === 0 ? bare : `(${shortCount(count)}) ${bare}`;
}
