"use client";

import { CloudAlert } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: Props) {
  return (
    <EmptyState
      className="min-h-dvh"
      icon={<CloudAlert />}
      title="This page did not load"
      action={
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      Nothing you wrote is lost.{" "}
      {error.digest ? `If it happens again, tell us the number ${error.digest}.` : ""}
    </EmptyState>
  );
}
