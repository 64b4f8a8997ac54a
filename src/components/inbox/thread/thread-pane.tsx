"use client";

import { CloudAlert, Ghost } from "lucide-react";
import { useEffect } from "react";
import { asWireError } from "#client/wire-error";
import { Composer } from "#components/inbox/composer/composer.tsx";
import { draftsOf } from "#components/inbox/composer/use-draft.ts";
import type { Thread } from "#components/inbox/data/thread.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import type { Desk } from "#components/inbox/use-desk.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { OfferBar } from "./offer-bar.tsx";
import { Packet } from "./packet.tsx";
import { ThreadHead } from "./thread-head.tsx";
import { Transcript } from "./transcript.tsx";

type Props = { thread: Thread; desk: Desk; onBack: () => void };

/** One conversation: its head, what was handed over, what was said, and where to write. */
export function ThreadPane({ thread, desk, onBack }: Props) {
  const { escalation, row } = thread;
  const { offer, commands, actions, details, mode, setMode, undoSend, goOn } = desk;
  useRemoteDrafts(thread);
  const handedOver = row.state.state === "WAITING_HUMAN" || row.state.state === "WITH_HUMAN";
  return (
    <section
      aria-label={`Conversation with ${row.customer.name}`}
      className="flex h-full min-h-0 flex-col bg-surface"
    >
      <ThreadHead thread={thread} commands={commands} busy={actions.busy} details={details} onBack={onBack} />
      {offer ? <OfferBar offer={offer} commands={commands} busy={actions.busy} /> : undefined}
      {escalation && handedOver ? <Packet key={escalation.id} escalation={escalation} /> : undefined}
      <Transcript key={row.id} thread={thread} />
      <Composer
        thread={thread}
        mode={mode}
        setMode={setMode}
        actions={actions}
        onUndoSend={undoSend}
        onSentAndResolved={goOn}
      />
    </section>
  );
}

/** What the operator began to write in another browser is found here again. */
function useRemoteDrafts({ row: { id: conversationId }, drafts }: Thread) {
  const { me } = useInbox();
  useEffect(() => {
    draftsOf(me.id).adopt((drafts ?? []).map((draft) => ({ ...draft, conversationId })));
  }, [me.id, drafts, conversationId]);
}

/** The shape of a conversation while it comes. */
export function ThreadLoading() {
  const widths = ["w-56", "w-80", "w-40", "w-72", "w-48"];
  return (
    <div role="status" className="flex h-full flex-col bg-surface">
      <span className="sr-only">Loading the conversation</span>
      <div className="flex h-15 shrink-0 items-center gap-3 border-line border-b px-4">
        <Skeleton className="h-4 w-40" />
      </div>
      <div className="mx-auto flex w-full max-w-3xl flex-1 flex-col justify-end gap-5 px-6 py-6">
        {widths.map((width, index) => (
          <Skeleton
            key={width}
            className={`h-12 max-w-full rounded-2xl ${width} ${index % 2 ? "self-end" : ""}`}
          />
        ))}
      </div>
    </div>
  );
}

/** A conversation that could not be shown, and why. */
export function ThreadFailed({
  error,
  retry,
  onBack,
}: {
  error: Error;
  retry: () => void;
  onBack: () => void;
}) {
  const gone = asWireError(error).status === 404;
  return (
    <EmptyState
      className="h-full bg-surface"
      icon={gone ? <Ghost /> : <CloudAlert />}
      title={gone ? "There is no such conversation" : "The conversation did not load"}
      action={<Button onClick={gone ? onBack : retry}>{gone ? "Back to the list" : "Try again"}</Button>}
    >
      {gone
        ? "It may have been deleted, or the address is not complete."
        : "The server did not answer. Nothing is lost."}
    </EmptyState>
  );
}
