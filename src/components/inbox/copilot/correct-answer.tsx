"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { PencilLine } from "lucide-react";
import { useId, useState } from "react";
import { asWireError } from "#client/wire-error";
import { ArticleChoice, type ArticleTitle } from "#components/settings/test-cases/article-choice.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { Markdown } from "#components/ui/markdown.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { MessageView } from "#contracts/conversation";
import { copilot } from "./copilot-api.ts";

/** The way to say how an answer of the AI should have been: it becomes a test case. */
export function CorrectAnswer({ message }: { message: MessageView }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      className="max-w-xl"
      trigger={
        <IconButton
          label="Correct this answer"
          size="sm"
          className="size-6 rounded-full text-ink-3"
          icon={<PencilLine aria-hidden />}
        />
      }
      title="Correct this answer"
      description="It is kept as a test case: each run asks the AI the same question again. The customer sees nothing of it."
    >
      <CorrectionForm message={message} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function CorrectionForm({ message, onDone }: { message: MessageView; onDone: () => void }) {
  const id = useId();
  const [answer, setAnswer] = useState("");
  const [articleId, setArticleId] = useState(message.sources?.[0]?.articleId);
  const articles = useQuery({
    queryKey: ["articles"],
    queryFn: ({ signal }) => copilot.articles(signal),
    staleTime: 60_000,
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      const { id: messageId, conversationId } = message;
      return copilot.correct({ answer, points: [], articleId, from: { conversationId, messageId } });
    },
    onSuccess() {
      toast.success("Kept as a test case");
      onDone();
    },
  });
  return (
    <form
      id={id}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (answer.trim() !== "") mutate();
      }}
    >
      <figure>
        <figcaption className="mb-1.5 font-medium text-sm">The AI answered</figcaption>
        <blockquote className="max-h-40 overflow-y-auto rounded-md border border-line bg-sunken px-3 py-2 text-ink-2 text-sm">
          <Markdown text={message.text} />
        </blockquote>
      </figure>
      <Field label="A better answer" description="What must be said, with its numbers.">
        <Textarea
          dir="auto"
          rows={4}
          value={answer}
          maxLength={8_000}
          onChange={(event) => setAnswer(event.target.value)}
        />
      </Field>
      <ArticleChoice
        articles={withSources(articles.data ?? [], message)}
        value={articleId}
        onChange={setArticleId}
      />
      {error ? <Callout tone="bad">{asWireError(error).message}</Callout> : undefined}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={isPending} disabled={answer.trim() === ""}>
          Keep as test case
        </Button>
      </div>
    </form>
  );
}

/** What can be chosen: the answer's own sources first, whether they stand in the list or not. */
function withSources(articles: ArticleTitle[], { sources = [] }: MessageView): ArticleTitle[] {
  const own = sources.map(({ articleId, title }) => ({ id: articleId, title }));
  return [...new Map([...own, ...articles].map(({ id, title }) => [id, { id, title }])).values()];
}
