import { type RefObject, useEffect } from "react";

/** Moves a row that scrolls sideways until the one in it that is chosen stands in its middle; `chosen` tells when. */
export function useInSight(row: RefObject<HTMLElement | null>, selector: string, chosen: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is what there is to follow.
  useEffect(() => {
    const strip = row.current;
    const one = strip?.querySelector(selector);
    if (!strip || !one || strip.scrollWidth <= strip.clientWidth) return;
    const [within, at] = [strip.getBoundingClientRect(), one.getBoundingClientRect()];
    // Only sideways and only here: scrollIntoView would move the page as well.
    strip.scrollBy({ left: at.left + at.width / 2 - (within.left + within.width / 2) });
  }, [row, selector, chosen]);
}
