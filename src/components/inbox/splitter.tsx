"use client";

import { useRef } from "react";
import { useStored } from "./use-stored.ts";

/** A pane's width, remembered, within limits. */
export function usePaneWidth(
  name: string,
  { initial, min, max }: { initial: number; min: number; max: number },
) {
  const [width, setWidth] = useStored(`width-${name}`, initial);
  const clamp = (value: number) => Math.min(max, Math.max(min, Math.round(value)));
  return { width: clamp(width), min, max, setWidth: (value: number) => setWidth(clamp(value)) };
}

type Props = {
  label: string;
  pane: ReturnType<typeof usePaneWidth>;
  edge: "start" | "end";
  className?: string;
};

/** The seam between two panes: dragged, or moved by arrow keys. `edge` is the side of the pane it resizes. */
export function Splitter({ label, pane, edge, className }: Props) {
  const from = useRef<{ x: number; width: number }>(undefined);
  const { width, min, max, setWidth } = pane;

  /** Right is wider for a pane whose end it stands at, and narrower in a text that runs from the right. */
  const sign = (element: Element) =>
    (edge === "end" ? 1 : -1) * (getComputedStyle(element).direction === "rtl" ? -1 : 1);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is a widget; <hr> is none.
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (from.current)
          setWidth(from.current.width + (event.clientX - from.current.x) * sign(event.currentTarget));
      }}
      onPointerUp={() => {
        from.current = undefined;
      }}
      onKeyDown={(event) => {
        const step = { ArrowRight: 16, ArrowLeft: -16 }[event.key];
        if (step) setWidth(width + step * sign(event.currentTarget));
      }}
      className={`group relative z-10 w-px shrink-0 cursor-col-resize touch-none bg-line before:absolute before:inset-y-0 before:-inset-x-1.5 before:content-[''] after:absolute after:inset-y-0 after:-inset-x-px after:transition-colors hover:after:bg-accent/50 focus-visible:outline-none focus-visible:after:bg-accent ${className ?? ""}`}
    />
  );
}
