"use client";

import { X } from "lucide-react";
import type { Thread } from "#components/inbox/data/thread.ts";
import { IconButton } from "#components/ui/button.tsx";
import { CustomerCard } from "./customer-card.tsx";
import { Section } from "./section.tsx";
import { Why } from "./why.tsx";

/** The side of a conversation: its customer, and why it went to a person or not. */
export function DetailsPane({ thread, onClose }: { thread: Thread; onClose: () => void }) {
  const escalated = thread.escalation !== undefined;
  return (
    <aside aria-label="Details" className="flex h-full min-h-0 flex-col bg-surface">
      <header className="flex h-15 shrink-0 items-center justify-between border-line border-b ps-4 pe-2">
        <h2 className="font-semibold text-base">Details</h2>
        <IconButton label="Hide details" keys="]" icon={<X aria-hidden />} onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <CustomerCard thread={thread} />
        <Section id="why" title={escalated ? "Why did it escalate" : "Why did it not escalate"}>
          <Why conversationId={thread.row.id} />
        </Section>
      </div>
    </aside>
  );
}
