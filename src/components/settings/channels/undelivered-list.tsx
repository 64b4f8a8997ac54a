"use client";

import { CircleCheck, CircleHelp, CircleX, RotateCcw } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import { callApi } from "#components/settings/call-api.ts";
import { ConfirmButton } from "#components/settings/confirm-button.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { UndeliveredMessage, UndeliveredPage } from "#contracts/connections";
import { Ago } from "./ago.tsx";
import { MoreButton } from "./more-button.tsx";
import { useMore } from "./use-more.ts";

type Page = z.infer<typeof UndeliveredPage>;
type Message = z.infer<typeof UndeliveredMessage>;
type Props = { connectionId: string; page: Page; mayRetry: boolean };

/** Messages of ours that did not arrive, or of which nobody knows: why, and another try. */
export function UndeliveredList({ connectionId, page, mayRetry }: Props) {
  const router = useRouter();
  const path = `/api/admin/connections/${connectionId}/undelivered`;
  const list = useMore(page, path, (body: Page) => ({ items: body.messages, next: body.next }));

  function lookAgain() {
    toast.success("Sent again. What fails once more comes back here.");
    list.restart();
    router.refresh();
    setTimeout(() => router.refresh(), 3_000);
  }

  if (list.items.length === 0) {
    return (
      <Card>
        <EmptyState icon={<CircleCheck />} title="Everything arrived">
          A message that the platform would not take, or never answered for, is kept here until somebody
          decides.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <CardHeader
        title="Undelivered"
        description="Answers that did not reach their customer, or of which that is not known."
        actions={mayRetry ? <RetryAll path={path} onRetried={lookAgain} /> : undefined}
      />
      <ul className="divide-y divide-line">
        {list.items.map((message) => (
          <MessageRow key={message.messageId} message={message} mayRetry={mayRetry} onRetried={lookAgain} />
        ))}
      </ul>
      {list.hasMore ? <MoreButton busy={list.busy} onMore={list.more} /> : undefined}
    </Card>
  );
}

function RetryAll({ path, onRetried }: { path: string; onRetried: () => void }) {
  return (
    <ConfirmButton
      trigger={
        <Button size="sm">
          <RotateCcw aria-hidden />
          Send all again…
        </Button>
      }
      title="Send everything again that was not delivered?"
      action="Send all again"
      run={() => callApi("POST", `${path}/retry`)}
      onDone={onRetried}
    >
      All that failed on this connection leaves once more, in its order. What may have arrived already is left
      out: decide about each of these yourself.
    </ConfirmButton>
  );
}

type RowProps = { message: Message; mayRetry: boolean; onRetried: () => void };

function MessageRow({ message, mayRetry, onRetried }: RowProps) {
  const { conversationId, customer, snippet, state, words, at } = message;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-5 py-3.5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link
            href={`/inbox/${conversationId}`}
            className="min-w-0 truncate font-medium text-ink text-sm underline-offset-4 hover:underline"
          >
            {customer}
          </Link>
          <StateBadge state={state} />
          <span className="text-ink-3 text-xs">
            <Ago value={at} />
          </span>
        </p>
        <p className="mt-0.5 line-clamp-2 break-words text-ink-2 text-sm">
          <bdi>{snippet}</bdi>
        </p>
        <p className="mt-1 break-words text-ink-3 text-xs">{words}</p>
      </div>
      {mayRetry ? <Retry message={message} onRetried={onRetried} /> : undefined}
    </li>
  );
}

function StateBadge({ state }: { state: Message["state"] }) {
  if (state === "failed") {
    return (
      <Badge tone="red">
        <CircleX aria-hidden />
        Not delivered
      </Badge>
    );
  }
  return (
    <Badge tone="amber">
      <CircleHelp aria-hidden />
      Not known
    </Badge>
  );
}

function Retry({ message, onRetried }: { message: Message; onRetried: () => void }) {
  const { conversationId, messageId, state, customer } = message;
  const [busy, setBusy] = useState(false);
  const send = () =>
    callApi("POST", `/api/agent/conversations/${conversationId}/messages/${messageId}/retry`);

  if (state === "unknown") {
    return (
      <ConfirmButton
        trigger={
          <Button size="sm">
            <RotateCcw aria-hidden />
            Send again…
          </Button>
        }
        title={`Send it to ${customer} again?`}
        action="Send again"
        run={send}
        onDone={onRetried}
      >
        The platform never said whether it arrived. If it did, the customer reads it twice.
      </ConfirmButton>
    );
  }

  async function retry() {
    setBusy(true);
    const outcome = await send();
    setBusy(false);
    if (outcome.ok) onRetried();
    else toast.error(outcome.message);
  }
  return (
    <Button size="sm" busy={busy} onClick={() => void retry()}>
      {busy ? undefined : <RotateCcw aria-hidden />}
      Send again
    </Button>
  );
}
