import { Minus, Pencil, Plus } from "lucide-react";
import type { RuleChange } from "#contracts/rules";

const signs = { added: Plus, removed: Minus, changed: Pencil, words: Pencil };

/** What differs between two versions, a sentence each. */
export function ChangeList({ changes }: { changes: RuleChange[] }) {
  if (changes.length === 0) return <p className="text-ink-3 text-sm">Nothing differs.</p>;
  return (
    <ul aria-label="Changes" className="flex flex-col gap-2">
      {changes.map(({ kind, sentence }) => {
        const Sign = signs[kind];
        return (
          <li key={sentence} className="flex items-start gap-2 text-ink-2 text-sm">
            <Sign className="mt-0.5 size-4 shrink-0 text-ink-3" aria-hidden />
            <span className="min-w-0 [overflow-wrap:anywhere]">{sentence}</span>
          </li>
        );
      })}
    </ul>
  );
}
