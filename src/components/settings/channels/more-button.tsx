"use client";

import { Button } from "#components/ui/button.tsx";
import { CardFooter } from "#components/ui/card.tsx";

/** The foot of a list that goes on. */
export function MoreButton({ busy, onMore }: { busy: boolean; onMore: () => Promise<void> }) {
  return (
    <CardFooter className="justify-center">
      <Button busy={busy} onClick={() => void onMore()}>
        Show more
      </Button>
    </CardFooter>
  );
}
