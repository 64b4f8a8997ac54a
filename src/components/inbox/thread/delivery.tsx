"use client";

import { useQueryClient } from "@tanstack/react-query";
import {
  Check,
  CheckCheck,
  CircleAlert,
  CircleHelp,
  Clock3,
  Eye,
  Hourglass,
  type LucideIcon,
  RotateCw,
} from "lucide-react";
import { useState } from "react";
import { asWireError } from "#client/wire-error";
import { api } from "#components/inbox/data/api.ts";
import { keys } from "#components/inbox/data/queries.ts";
import { fullMoment } from "#components/inbox/times.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import type { Delivery, MessageView } from "#contracts/conversation";

type Sign = { icon: LucideIcon; word: string; look?: string };

const signs: Record<Delivery["state"], Sign> = {
  waiting: { icon: Hourglass, word: "Waiting" },
  sending: { icon: Clock3, word: "Sending" },
  sent: { icon: Check, word: "Sent" },
  delivered: { icon: CheckCheck, word: "Delivered" },
  read: { icon: Eye, word: "Read", look: "text-accent-ink" },
  failed: { icon: CircleAlert, word: "Not delivered", look: "text-red-ink" },
  unknown: { icon: CircleHelp, word: "Not known whether it arrived", look: "text-amber-ink" },
};

/** Says whether somebody has to decide what becomes of a message. */
export function isTrouble(delivery: Delivery | undefined): boolean {
  return delivery?.state === "failed" || delivery?.state === "unknown";
}

/** How far a message came on its platform: a sign and a word. What needs a decision is told by `DeliveryTrouble`. */
export function DeliveryMark({ delivery }: { delivery: Delivery }) {
  const { icon: Icon, word, look } = signs[delivery.state];
  // Only a try that failed leaves a reason behind.
  const again = delivery.state === "waiting" ? delivery.words : undefined;
  return (
    <span
      className={cn("flex min-w-0 items-center gap-1", look, again && "text-amber-ink")}
      title={fullMoment(delivery.at)}
    >
      <Icon className="size-3.5 shrink-0" aria-hidden />
      <span dir="auto" className="min-w-0">
        {again ? `Waiting to try again: ${again}` : word}
      </span>
    </span>
  );
}

const troubles = {
  failed: { look: "border-red-line bg-red-soft text-red-ink", action: "Retry" },
  unknown: { look: "border-amber-line bg-amber-soft text-amber-ink", action: "Send again" },
};

/** Why a message did not, or perhaps not, arrive, with the way to send it again. */
export function DeliveryTrouble({ message }: { message: MessageView }) {
  const { retry, busy, refusal } = useRetry(message);
  const { delivery } = message;
  if (delivery?.state !== "failed" && delivery?.state !== "unknown") return undefined;
  const { icon: Icon, word } = signs[delivery.state];
  const { look, action } = troubles[delivery.state];
  return (
    <div className={cn("w-fit max-w-full rounded-lg border py-1.5 ps-2.5 pe-1.5 text-xs", look)}>
      <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
        <p className="flex min-w-0 flex-1 basis-48 items-start gap-1.5">
          <Icon className="mt-px size-3.5 shrink-0" aria-hidden />
          <span dir="auto" className="min-w-0">
            <span className="font-semibold">{word}.</span> {delivery.words}
            {delivery.state === "unknown" ? " If it did, sending again makes it arrive twice." : undefined}
          </span>
        </p>
        <Button size="sm" busy={busy} onClick={retry}>
          {busy ? undefined : <RotateCw aria-hidden />}
          {action}
        </Button>
      </div>
      {refusal ? (
        <p role="alert" className="mt-1 ps-5 pe-1 font-medium">
          It was not sent again: {refusal}
        </p>
      ) : undefined}
    </div>
  );
}

/** What happened to the message stays the server's word: after a press the conversation is asked for again. */
function useRetry({ id, conversationId }: MessageView) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  async function retry() {
    setBusy(true);
    setRefusal(undefined);
    try {
      await api.retry(conversationId, id);
    } catch (error) {
      setRefusal(asWireError(error).message);
    }
    await client.invalidateQueries({ queryKey: keys.thread(conversationId) });
    setBusy(false);
  }
  return { retry, busy, refusal };
}

type SpokenProps = { messages: MessageView[] };

/** Reads out that a message did not arrive, once that is known. */
export function SpokenTrouble({ messages }: SpokenProps) {
  const [since] = useState(() => Date.now());
  const last = messages.findLast(
    ({ delivery }) => isTrouble(delivery) && Date.parse(delivery?.at ?? "") > since,
  );
  return (
    <p aria-live="polite" className="sr-only">
      {last?.delivery ? `${signs[last.delivery.state].word}: ${last.text}` : undefined}
    </p>
  );
}
