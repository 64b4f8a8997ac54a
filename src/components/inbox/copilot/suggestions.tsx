"use client";

import { BookOpen, RefreshCw, Sparkles } from "lucide-react";
import Link from "next/link";
import { asWireError } from "#client/wire-error";
import { useReplyText } from "#components/inbox/composer/access.ts";
import { mayReply } from "#components/inbox/composer/may-reply.ts";
import type { Thread } from "#components/inbox/data/thread.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { Button, buttonVariants, IconButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { plainText } from "#components/ui/markdown.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { type ModelState, wordsToSend } from "#contracts/copilot";
import type { Card, Suggesting } from "./cards.ts";
import { dismiss, useDismissed } from "./dismissed.ts";
import { SuggestionCard } from "./suggestion-card.tsx";
import { useNumberKeys } from "./use-number-keys.ts";
import type { useSuggestions } from "./use-suggestions.ts";
import { cardName, certainty } from "./words.ts";

type Props = {
  thread: Thread;
  suggestions: ReturnType<typeof useSuggestions>;
  onInserted: (() => void) | undefined;
};

/** Up to three replies for the customer's newest words, while they are written and after. */
export function Suggestions({ thread, suggestions, onInserted }: Props) {
  const { suggesting, soon, error, ask, retry, question, turn, live } = suggestions;
  const { composer, me } = useInbox();
  const { may, words } = mayReply(thread.row.state, me.id);
  const draft = useReplyText({ composer });
  const dismissed = useDismissed();
  const cards = (suggesting?.cards ?? []).filter(({ id }) => !dismissed.has(id));
  const busy = soon || suggesting?.status === "writing";

  function use({ id, text }: Card, at: "cursor" | "all") {
    const put = may && composer.insert(wordsToSend(text), { at, suggestionId: id });
    if (put) onInserted?.();
    else toast.info(may ? "Nothing can be written here now." : words);
  }
  useNumberKeys((index) => {
    const card = cards[index];
    if (card?.suggestion) use(card, "cursor");
  });

  return (
    <section aria-label="Suggested replies" className="border-line border-b px-4 pt-3 pb-4">
      <header className="mb-2 flex h-8 items-center justify-between">
        <h3 className="font-semibold text-sm">Suggested replies</h3>
        {cards.length > 0 && !busy ? (
          <IconButton
            label="Suggest again"
            size="sm"
            icon={<RefreshCw aria-hidden />}
            onClick={() => ask(true)}
          />
        ) : undefined}
      </header>
      {error && !suggesting ? (
        <Failed problem={asWireError(error).message} onRetry={retry} />
      ) : (
        <Notice suggesting={suggesting} onRetry={() => ask(true)} />
      )}
      {cards.length > 0 ? (
        <ol className="flex flex-col gap-2.5">
          {cards.map((card, index) => (
            <SuggestionCard
              key={card.id}
              card={card}
              number={index + 1}
              writable={may}
              hasDraft={(draft ?? "").trim() !== ""}
              onUse={use}
              onDismiss={({ id }) => dismiss(id)}
            />
          ))}
        </ol>
      ) : undefined}
      {busy && cards.length === 0 ? <Coming /> : undefined}
      {!busy && cards.length === 0 && suggesting ? (
        <Nothing
          status={suggesting.status}
          model={suggesting.model}
          dismissed={suggesting.cards.length > 0}
          question={question}
          customer={thread.row.customer.name}
          onAsk={() => ask(suggesting.status !== "idle")}
        />
      ) : undefined}
      {cards.length > 0 && !may ? <p className="mt-2.5 text-ink-3 text-xs">{words}</p> : undefined}
      <Spoken key={turn} cards={live ? cards : []} />
    </section>
  );
}

function Notice({ suggesting, onRetry }: { suggesting: Suggesting | undefined; onRetry: () => void }) {
  if (suggesting === undefined) return undefined;
  if (suggesting.status === "failed")
    return <Failed problem={suggesting.problem ?? "The suggestions could not be made."} onRetry={onRetry} />;
  if (suggesting.model === "failed")
    return (
      <Callout tone="warning" className="mb-2.5 text-xs">
        The language model did not answer just now. These come from your articles and canned responses.
        <Button size="sm" className="mt-2" onClick={onRetry}>
          Try again
        </Button>
      </Callout>
    );
  if (suggesting.model === "missing" && suggesting.cards.length > 0)
    return (
      <p className="mb-2.5 text-ink-3 text-xs">
        No language model is connected: these are passages of your articles and fitting canned responses, in
        their own words.
      </p>
    );
  return undefined;
}

function Failed({ problem, onRetry }: { problem: string; onRetry: () => void }) {
  return (
    <Callout tone="bad" title="No suggestions came" className="mb-2.5">
      <p>{problem}</p>
      <Button size="sm" className="mt-2" onClick={onRetry}>
        Try again
      </Button>
    </Callout>
  );
}

function Coming() {
  return (
    <div role="status" className="flex flex-col gap-2.5">
      <span className="sr-only">Suggestions are being written</span>
      <Skeleton className="h-28 rounded-xl" />
      <Skeleton className="h-20 rounded-xl" />
    </div>
  );
}

type NothingProps = {
  status: Suggesting["status"];
  model: ModelState;
  dismissed: boolean;
  question: string | undefined;
  customer: string;
  onAsk: () => void;
};

function Nothing({ status, model, dismissed, question, customer, onAsk }: NothingProps) {
  if (status === "failed") return undefined;
  if (question === undefined)
    return <p className="text-ink-3 text-sm">Suggestions come as soon as {customer} has written.</p>;
  if (status === "done" && !dismissed)
    return (
      <div className="rounded-xl border border-line border-dashed px-3 py-4 text-center">
        <p className="text-ink-2 text-sm">Nothing in your articles fits this.</p>
        {model === "missing" ? (
          <p className="mt-0.5 text-ink-3 text-xs">
            No language model is connected that could go beyond them.
          </p>
        ) : undefined}
        <Link href="/settings/articles/new" className={buttonVariants({ size: "sm", class: "mt-2.5" })}>
          <BookOpen aria-hidden />
          Write an article
        </Link>
      </div>
    );
  return (
    <div className="rounded-xl border border-line border-dashed px-3 py-4 text-center">
      <p className="text-ink-2 text-sm">
        {dismissed ? "You have dismissed these suggestions." : `${customer} is not waiting for a person.`}
      </p>
      <Button size="sm" className="mt-2.5" onClick={onAsk}>
        <Sparkles aria-hidden />
        {dismissed ? "Suggest others" : "Suggest a reply"}
      </Button>
    </div>
  );
}

/** Reads each suggestion out once, as soon as it is whole. */
function Spoken({ cards }: { cards: Card[] }) {
  return (
    <div aria-live="polite" className="sr-only">
      {cards.map((card) =>
        card.suggestion ? (
          <p key={card.id}>
            {cardName(card)}, {certainty(card.suggestion.confidence)}: {plainText(wordsToSend(card.text))}
          </p>
        ) : undefined,
      )}
    </div>
  );
}
