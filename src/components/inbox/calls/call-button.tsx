"use client";

import { Phone } from "lucide-react";
import { useState } from "react";
import type { Thread } from "#components/inbox/data/thread.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { CallDialog } from "./call-dialog.tsx";

type Props = { thread: Thread; look: "icon" | "words" };

/** The way to a call, where the customer is known by a phone number. */
export function CallButton({ thread, look }: Props) {
  const [open, setOpen] = useState(false);
  const lead = thread.channel?.lead;
  if (!lead) return undefined;
  return (
    <>
      {look === "icon" ? (
        <IconButton
          label={`Call ${thread.row.customer.name}`}
          side="bottom"
          className="hidden @md:inline-flex"
          icon={<Phone aria-hidden />}
          onClick={() => setOpen(true)}
        />
      ) : (
        <Button size="sm" onClick={() => setOpen(true)}>
          <Phone aria-hidden />
          Call
        </Button>
      )}
      {open ? <CallDialog thread={thread} lead={lead} onClose={() => setOpen(false)} /> : undefined}
    </>
  );
}
