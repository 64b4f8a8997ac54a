"use client";

import { useMutation } from "@tanstack/react-query";
import { CornerDownLeft, ExternalLink, Search } from "lucide-react";
import { useState } from "react";
import { asWireError } from "#client/wire-error";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Input } from "#components/ui/input.tsx";
import { Markdown, safeHref } from "#components/ui/markdown.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { AskAnswer } from "#contracts/copilot";
import { copilot } from "./copilot-api.ts";

type Props = { conversationId: string; onInserted: (() => void) | undefined };

/** Asks the articles in the operator's own words. */
export function Ask({ conversationId, onInserted }: Props) {
  const [question, setQuestion] = useState("");
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: (asked: string) => copilot.ask(conversationId, asked),
  });
  return (
    <>
      <form
        className="flex gap-1.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (question.trim() !== "") mutate(question.trim());
        }}
      >
        <Input
          type="search"
          dir="auto"
          value={question}
          maxLength={1_000}
          aria-label="Question to the articles"
          placeholder="What do you want to know?"
          onChange={(event) => setQuestion(event.target.value)}
        />
        <IconButton
          label="Ask the articles"
          type="submit"
          variant="secondary"
          disabled={question.trim() === ""}
          icon={<Search aria-hidden />}
        />
      </form>
      {isPending ? (
        <div role="status" className="mt-2.5 flex flex-col gap-2">
          <span className="sr-only">Looking it up</span>
          <Skeleton className="h-14 rounded-lg" />
          <Skeleton className="h-14 rounded-lg" />
        </div>
      ) : undefined}
      {error && !isPending ? (
        <Callout tone="bad" className="mt-2.5">
          {asWireError(error).message}
        </Callout>
      ) : undefined}
      {data && !isPending ? <Passages passages={data.passages} onInserted={onInserted} /> : undefined}
    </>
  );
}

type PassagesProps = Pick<AskAnswer, "passages"> & Pick<Props, "onInserted">;

function Passages({ passages, onInserted }: PassagesProps) {
  return (
    <div aria-live="polite" className="mt-2.5">
      {passages.length === 0 ? (
        <p className="text-ink-3 text-sm">No article speaks to this.</p>
      ) : (
        <ol className="divide-y divide-line rounded-xl border border-line">
          {passages.map((passage) => (
            <Passage key={passage.source.number} {...passage} onInserted={onInserted} />
          ))}
        </ol>
      )}
    </div>
  );
}

/** One passage, that opens in its place. */
function Passage({ source, text, onInserted }: AskAnswer["passages"][number] & Pick<Props, "onInserted">) {
  const { composer } = useInbox();
  const href = safeHref(source.url);
  return (
    <li>
      <details className="group px-3 py-2.5">
        <summary className="flex list-none items-start gap-2 rounded-sm [&::-webkit-details-marker]:hidden">
          <span className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full bg-sunken font-semibold text-[0.625rem] tabular-nums">
            {source.number}
          </span>
          <span className="min-w-0 flex-1">
            <span className="block font-medium text-sm">
              {source.title}
              {source.section ? (
                <span className="font-normal text-ink-3"> › {source.section}</span>
              ) : undefined}
            </span>
            <span dir="auto" className="line-clamp-2 text-ink-3 text-xs group-open:hidden">
              {source.quote}
            </span>
          </span>
        </summary>
        <Markdown text={text} className="mt-2 ps-6 text-sm" />
        <p className="mt-2 flex flex-wrap items-center gap-3 ps-6">
          <Button size="sm" onClick={() => composer.insert(text) && onInserted?.()}>
            <CornerDownLeft aria-hidden className="rtl:-scale-x-100" />
            Insert
          </Button>
          {href ? (
            <a
              href={href}
              target="_blank"
              rel="noopener noreferrer"
              className="inline-flex items-center gap-1 font-medium text-accent-ink text-xs hover:underline"
            >
              Open the article
              <ExternalLink className="size-3" aria-hidden />
            </a>
          ) : undefined}
        </p>
      </details>
    </li>
  );
}
