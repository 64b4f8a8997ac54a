"use client";

import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { CardFooter } from "#components/ui/card.tsx";

type Props = {
  dirty: boolean;
  busy: boolean;
  problem?: string | undefined;
  label?: string;
  /** What is said while there is nothing to save. */
  clean?: string;
  onDiscard: () => void;
};

/** The foot of a form: says whether something is unsaved, and saves or discards it. */
export function SaveBar({
  dirty,
  busy,
  problem,
  label = "Save",
  clean = "All changes saved",
  onDiscard,
}: Props) {
  return (
    <CardFooter className="sticky bottom-0 z-10 bg-canvas/95 backdrop-blur">
      {problem ? (
        <Callout tone="bad" className="w-full">
          {problem}
        </Callout>
      ) : undefined}
      <p role="status" className="me-auto text-ink-3 text-xs">
        {dirty ? "Unsaved changes" : clean}
      </p>
      {dirty ? (
        <Button variant="ghost" onClick={onDiscard} disabled={busy}>
          Discard
        </Button>
      ) : undefined}
      <Button type="submit" variant="primary" busy={busy} disabled={!dirty}>
        {label}
      </Button>
    </CardFooter>
  );
}
