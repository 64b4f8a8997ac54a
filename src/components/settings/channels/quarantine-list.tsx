"use client";

import { ChevronRight, RotateCcw, ShieldCheck, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import { callApi } from "#components/settings/call-api.ts";
import { ConfirmButton } from "#components/settings/confirm-button.tsx";
import { Day } from "#components/settings/moment.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { QuarantinedDelivery, QuarantinePage } from "#contracts/connections";
import { Ago } from "./ago.tsx";
import { MoreButton } from "./more-button.tsx";
import { useMore } from "./use-more.ts";

type Page = z.infer<typeof QuarantinePage>;
type Delivery = z.infer<typeof QuarantinedDelivery>;
type Props = { connectionId: string; page: Page; mayEdit: boolean };

/** Deliveries that could not be read, newest first: why, what came, and another try. */
export function QuarantineList({ connectionId, page, mayEdit }: Props) {
  const path = `/api/admin/connections/${connectionId}/quarantine`;
  const list = useMore(page, path, (body: Page) => ({ items: body.deliveries, next: body.next }));
  const router = useRouter();

  function lookAgain() {
    toast.success("It is read again. If that fails once more, it comes back here.");
    begin();
  }

  function begin() {
    list.restart();
    router.refresh();
    setTimeout(() => router.refresh(), 3_000);
  }

  if (list.items.length === 0) {
    return (
      <Card>
        <EmptyState icon={<ShieldCheck />} title="Nothing is in quarantine">
          A delivery that is the platform's own and still cannot be read is kept here, so that nothing of it
          is lost.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <CardHeader
        title="Quarantine"
        description="These could not be read. Only their shape is shown: words and numbers are the customer's. After a fix, try them again."
      />
      <ul className="divide-y divide-line">
        {list.items.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            path={path}
            mayEdit={mayEdit}
            onReplayed={lookAgain}
            onDiscarded={begin}
          />
        ))}
      </ul>
      {list.hasMore ? <MoreButton busy={list.busy} onMore={list.more} /> : undefined}
    </Card>
  );
}

type RowProps = {
  delivery: Delivery;
  path: string;
  mayEdit: boolean;
  onReplayed: () => void;
  onDiscarded: () => void;
};

function DeliveryRow({ delivery, path, mayEdit, onReplayed, onDiscarded }: RowProps) {
  const { id, receivedAt, keptUntil, reason, attempts, body } = delivery;
  const [busy, setBusy] = useState(false);

  async function replay() {
    setBusy(true);
    const outcome = await callApi("POST", `${path}/${id}/replay`);
    setBusy(false);
    if (outcome.ok) onReplayed();
    else toast.error(outcome.message);
  }

  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-5 py-3.5">
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium text-ink text-sm">{reason}</p>
        <p className="mt-0.5 text-ink-3 text-xs">
          Received <Ago value={receivedAt} /> · {attempts < 2 ? "tried once" : `tried ${attempts} times`} ·
          kept until <Day value={keptUntil} />
        </p>
      </div>
      {mayEdit ? (
        <Button size="sm" busy={busy} onClick={() => void replay()}>
          {busy ? undefined : <RotateCcw aria-hidden />}
          Try again
        </Button>
      ) : undefined}
      {mayEdit ? (
        <ConfirmButton
          trigger={
            <Button size="sm" variant="ghost">
              <Trash2 aria-hidden />
              Discard…
            </Button>
          }
          title="Discard this delivery?"
          action="Discard"
          run={() => callApi("DELETE", `${path}/${id}`)}
          onDone={onDiscarded}
        >
          What a customer may have written in it is gone for good, and nobody has read it.
        </ConfirmButton>
      ) : undefined}
      <details className="group w-full">
        <summary className="inline-flex list-none items-center gap-1 rounded-sm text-ink-2 text-xs hover:text-ink [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            className="size-3.5 transition-transform group-open:rotate-90 rtl:rotate-180 rtl:group-open:rotate-90"
          />
          What came
        </summary>
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: who reads with the keyboard must be able to scroll it.
          tabIndex={0}
          dir="ltr"
          aria-label="Body of the delivery, without what customers wrote"
          className="mt-2 max-h-80 overflow-auto rounded-lg border border-line bg-sunken px-3 py-2.5"
        >
          <pre className="font-mono text-ink-2 text-xs leading-5">{body}</pre>
        </section>
      </details>
    </li>
  );
}
