import { RotateCw } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Markdown } from "#components/ui/markdown.tsx";
import type { MessageView, Source } from "#contracts/conversation";

type Kind = MessageView["author"]["kind"];
type Props = {
  kind: Kind;
  seq?: number;
  name?: string | undefined;
  text: string;
  sources?: Source[] | undefined;
};

const looks = {
  customer: "self-end rounded-br-md bg-accent text-on-accent",
  agent: "self-start rounded-bl-md bg-bubble text-ink",
  operator: "self-start rounded-bl-md border border-green-line bg-green-soft text-ink",
};

const bubble = "max-w-[88%] rounded-2xl px-3.5 py-2.5";

/** One message, on the side of whoever said it. */
export function Bubble({ kind, seq, name, text, sources }: Props) {
  if (kind === "system") {
    return (
      <p data-seq={seq} className="self-center text-center text-ink-3 text-xs">
        {text}
      </p>
    );
  }
  return (
    <article
      data-seq={seq}
      aria-label={kind === "customer" ? "You" : name}
      className={cn(bubble, looks[kind])}
    >
      {kind === "operator" ? <p className="mb-0.5 font-medium text-green-ink text-xs">{name}</p> : undefined}
      <Markdown text={text} />
      {sources && sources.length > 0 ? <Sources sources={sources} /> : undefined}
    </article>
  );
}

function Sources({ sources }: { sources: Source[] }) {
  return (
    <ul aria-label="Sources" className="mt-2 flex flex-wrap gap-1.5">
      {sources.map(({ number, title, url }) => (
        <li key={number}>
          <a
            href={url}
            target="_blank"
            rel="noopener"
            className="inline-flex min-h-6 items-center rounded-md border border-line bg-surface px-1.5 text-ink-2 text-xs hover:text-ink"
          >
            {number} · {title}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What was written and is not stored yet. */
export function UnsentBubble(props: { text: string; failed: boolean; onRetry: () => void }) {
  const { text, failed, onRetry } = props;
  return (
    <article aria-label="You" className="flex max-w-[88%] flex-col items-end gap-1 self-end">
      <p
        dir="auto"
        className={cn("whitespace-pre-wrap [overflow-wrap:anywhere]", bubble, "max-w-full", looks.customer)}
      >
        {text}
      </p>
      {failed ? (
        <p className="flex items-center gap-2 text-red-ink text-xs">
          Not sent
          <Button variant="ghost" size="sm" onClick={onRetry}>
            <RotateCw aria-hidden />
            Try again
          </Button>
        </p>
      ) : (
        <p className="text-ink-3 text-xs">Sending</p>
      )}
    </article>
  );
}

/** Words as they are written; read aloud only when they stand. */
export function WritingBubble({ name, text }: { name: string | undefined; text: string }) {
  return (
    <article
      aria-live="off"
      aria-busy
      aria-label={`${name ?? "The assistant"} is writing`}
      className={cn(bubble, looks.agent)}
    >
      {text === "" ? <Dots /> : <Markdown text={text} />}
    </article>
  );
}

const dots = [0, 160, 320];

function Dots() {
  return (
    <span aria-hidden className="flex h-5 items-center gap-1">
      {dots.map((delay) => (
        <span
          key={delay}
          className="size-1.5 animate-blink rounded-full bg-ink-3"
          style={{ animationDelay: `${delay}ms` }}
        />
      ))}
    </span>
  );
}
