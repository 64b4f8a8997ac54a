"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ArrowLeft, ArrowRight, Merge } from "lucide-react";
import { useState } from "react";
import { asWireError } from "#client/wire-error";
import { api } from "#components/inbox/data/api.ts";
import { refreshAll } from "#components/inbox/data/queries.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { Customer } from "#contracts/operator";
import { ContactSearch, type FoundContact } from "./contact-search.tsx";

type Props = { customer: Customer; onClose: () => void };

/** Finds the contact who is the same person as the customer and, once that is confirmed, makes the two one. */
export function MergeDialog({ customer, onClose }: Props) {
  const client = useQueryClient();
  const [kept, setKept] = useState<FoundContact>();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();

  async function merge(into: FoundContact) {
    setBusy(true);
    setRefused(undefined);
    try {
      await api.merge(customer.id, into.id);
      toast.success(`${customer.name} is now part of ${into.name}`);
      refreshAll(client);
      onClose();
    } catch (error) {
      setRefused(asWireError(error).message);
      setBusy(false);
    }
  }

  function back() {
    setKept(undefined);
    setRefused(undefined);
  }

  if (kept === undefined) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title="Same person as…"
        description={
          <>
            Whom else do you know <bdi>{customer.name}</bdi> as? Choose the contact to keep.
          </>
        }
        footer={<Button onClick={onClose}>Cancel</Button>}
      >
        <ContactSearch except={customer.id} onChoose={setKept} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Make them one contact?"
      footer={
        <>
          <Button variant="ghost" className="me-auto" onClick={back}>
            <ArrowLeft className="rtl:-scale-x-100" aria-hidden />
            Back
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" busy={busy} onClick={() => merge(kept)}>
            {busy ? undefined : <Merge aria-hidden />}
            Merge
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 text-sm">
        <div className="grid grid-cols-[1fr_auto_1fr] items-center gap-3 rounded-lg border border-line bg-sunken px-3 py-4">
          <Side name={customer.name} note="Goes" />
          <ArrowRight className="size-4 text-ink-3 rtl:-scale-x-100" aria-hidden />
          <Side name={kept.name} note="Stays" />
        </div>
        <p className="text-ink-2">
          All conversations of <bdi className="font-medium text-ink">{customer.name}</bdi> will belong to{" "}
          <bdi className="font-medium text-ink">{kept.name}</bdi>, and so will whatever they write from now
          on. This cannot be undone.
        </p>
        {refused ? (
          <Callout tone="bad" title="They were not merged">
            {refused}
          </Callout>
        ) : undefined}
      </div>
    </Dialog>
  );
}

function Side({ name, note }: { name: string; note: string }) {
  return (
    <div className="flex min-w-0 flex-col items-center gap-1.5 text-center">
      <Avatar name={name} size="lg" />
      <p dir="auto" className="line-clamp-2 max-w-full font-medium [overflow-wrap:anywhere]">
        {name}
      </p>
      <p className="text-ink-3 text-xs">{note}</p>
    </div>
  );
}
