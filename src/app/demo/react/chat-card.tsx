"use client";

import { Bot, SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { WireError } from "#client/wire-error";
import type { useRealtimeChat } from "#components/realtime/use-realtime-chat.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Card } from "#components/ui/card.tsx";
import { Textarea } from "#components/ui/input.tsx";
import type { AgentCard } from "#contracts/chat";
import { Bubble, UnsentBubble, WritingBubble } from "./bubble.tsx";

type Chat = ReturnType<typeof useRealtimeChat>;
type Props = { agent: AgentCard | undefined; chat: Chat; error: WireError | undefined };
type Unsent = { clientId: string; text: string; failed: boolean };

/** A whole chat made of what the hook gives: a log, the answer being written, and a place to write. */
export function ChatCard({ agent, chat, error }: Props) {
  const { messages, answer, typists, sendMessage } = chat;
  const [unsent, setUnsent] = useState<Unsent[]>([]);
  const stored = new Set(messages.map(({ clientId }) => clientId));
  const pending = unsent.filter(({ clientId }) => !stored.has(clientId));
  const person = typists.find(({ kind }) => kind === "operator");
  const log = usePinnedToEnd(`${messages.length}:${pending.length}:${answer?.text.length ?? -1}`);

  async function send(text: string, clientId: string = crypto.randomUUID()) {
    setUnsent((all) => {
      const others = all.filter((one) => one.clientId !== clientId && !stored.has(one.clientId));
      return [...others, { clientId, text, failed: false }];
    });
    if (await sendMessage(text, { clientId })) return;
    setUnsent((all) => all.map((one) => (one.clientId === clientId ? { ...one, failed: true } : one)));
  }

  return (
    <Card
      aria-label="Chat"
      className="flex h-[min(40rem,calc(100dvh-3rem))] min-h-96 flex-col overflow-hidden"
    >
      <header className="flex items-center gap-3 border-line border-b px-4 py-3">
        <Avatar name={agent?.name ?? "Assistant"} icon={<Bot />} />
        <div className="min-w-0">
          <h2 className="truncate font-semibold text-base text-ink">{agent?.name ?? "Assistant"}</h2>
          <p className="truncate text-ink-3 text-xs">
            {agent ? `AI assistant of ${agent.companyName}` : "Opening the chat"}
          </p>
        </div>
      </header>

      <div
        ref={log}
        role="log"
        aria-label="Conversation"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls the log by its keys.
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto overscroll-contain px-4 py-4 -outline-offset-2"
      >
        {agent ? <Bubble kind="agent" name={agent.name} text={agent.greeting} /> : undefined}
        {messages.map(({ id, seq, author, text, sources }) => (
          <Bubble key={id} seq={seq} kind={author.kind} name={author.name} text={text} sources={sources} />
        ))}
        {pending.map(({ clientId, text, failed }) => (
          <UnsentBubble key={clientId} text={text} failed={failed} onRetry={() => send(text, clientId)} />
        ))}
        {answer ? <WritingBubble name={agent?.name} text={answer.text} /> : undefined}
        {person ? <WritingBubble name={person.name} text="" /> : undefined}
      </div>

      <div className="flex flex-col gap-3 border-line border-t p-3">
        {error ? <Callout tone="warning">{error.message}</Callout> : undefined}
        {agent && messages.length === 0 && pending.length === 0 ? (
          <ul className="flex flex-wrap gap-2" aria-label="Suggestions">
            {agent.suggestions.map((suggestion) => (
              <li key={suggestion}>
                <Button size="sm" className="rounded-full" onClick={() => send(suggestion)}>
                  {suggestion}
                </Button>
              </li>
            ))}
          </ul>
        ) : undefined}
        <Composer disabled={agent === undefined} onSend={send} />
      </div>
    </Card>
  );
}

function Composer({ disabled, onSend }: { disabled: boolean; onSend: (text: string) => void }) {
  const [text, setText] = useState("");
  const isEmpty = text.trim() === "";

  function submit() {
    if (isEmpty || disabled) return;
    onSend(text.trim());
    setText("");
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  }

  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        aria-label="Message"
        dir="auto"
        rows={1}
        placeholder="Write a message"
        className="max-h-40 min-h-10 resize-none py-2.5"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
      />
      <IconButton
        type="submit"
        variant="primary"
        size="lg"
        label="Send"
        disabled={disabled || isEmpty}
        icon={<SendHorizontal className="rtl:rotate-180" aria-hidden />}
      />
    </form>
  );
}

/** Follows the end of a list while its reader is there, and leaves who reads further up alone. */
function usePinnedToEnd(changes: string) {
  const list = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);

  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const note = () => {
      pinned.current = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
    };
    element.addEventListener("scroll", note, { passive: true });
    return () => element.removeEventListener("scroll", note);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changes in the list moves its end.
  useEffect(() => {
    if (pinned.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [changes]);

  return list;
}
