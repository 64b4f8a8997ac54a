"use client";

import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { useBoard, useLiveBoard } from "./board-data.ts";
import { EstimateCard } from "./estimate-card.tsx";
import { LiveSign } from "./live-sign.tsx";
import { OpenLine } from "./open-line.tsx";
import { QueueFacts } from "./queue-facts.tsx";
import { StaffCard } from "./staff-card.tsx";
import { WaitingCard } from "./waiting-card.tsx";

type Props = { me: string; teams: { id: string; name: string }[]; seesEstimates: boolean };

/** Who waits and who is there for them, as it moves. */
export function QueuePage({ me, teams, seesEstimates }: Props) {
  const { status } = useLiveBoard(me);
  const { data: board, error, refetch } = useBoard();
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-6 sm:px-8 sm:py-8">
      <PageHeader
        title="Queue"
        description={
          board?.hours ? <OpenLine hours={board.hours} /> : "Who waits, and who is there for them."
        }
        actions={<LiveSign state={status.state} />}
      />
      {error ? (
        <Callout tone="bad" title="The queue cannot be read right now." className="mb-4">
          {board ? "What is shown is as it was before. " : ""}
          <Button variant="link" size="sm" onClick={() => void refetch()}>
            Try again
          </Button>
        </Callout>
      ) : undefined}
      <QueueFacts board={board} />
      <div className="mt-6 grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <WaitingCard board={board} teamName={(id) => names.get(id)} />
        <div className="flex flex-col gap-6">
          <StaffCard operators={board?.operators} />
          {seesEstimates ? <EstimateCard /> : undefined}
        </div>
      </div>
    </div>
  );
}
