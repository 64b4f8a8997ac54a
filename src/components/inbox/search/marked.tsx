import type { Marked } from "#contracts/search";
import { pieces } from "./pieces.ts";

/** A text with what was looked for marked in it. */
export function MarkedText({ of }: { of: Marked }) {
  return pieces(of).map(({ text, marked, at }) =>
    marked ? (
      <mark key={at} className="rounded-sm bg-amber-soft text-amber-ink">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
