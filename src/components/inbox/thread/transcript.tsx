"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ArrowDown } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { oldestCall } from "#components/inbox/calls/call-after.ts";
import { CallEntry } from "#components/inbox/calls/call-entry.tsx";
import { useHeld } from "#components/inbox/composer/hold.ts";
import { loadOlder } from "#components/inbox/data/queries.ts";
import type { Thread } from "#components/inbox/data/thread.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { useOutbox } from "#components/inbox/outboxes.ts";
import { dayName } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { MessageView } from "#contracts/conversation";
import { SpokenTrouble } from "./delivery.tsx";
import { groupMessages, type Voice } from "./groups.ts";
import { MessageGroup } from "./message-group.tsx";
import { AnswersProvider } from "./structured/answers-context.tsx";
import { DayLine, SystemLine } from "./system-line.tsx";
import { HeldReply, Streaming, Typing, Unsent } from "./unfinished.tsx";
import { usePinned } from "./use-pinned.ts";
import { useReadMark } from "./use-read-mark.ts";

/** The whole history of a conversation, of the assistant and of people, live at its end. */
export function Transcript({ thread }: { thread: Thread }) {
  const { me } = useInbox();
  const { id, customer, agent, channel } = thread.row;
  const { messages, receipts, calls, more, moreCalls } = thread;
  const groups = useMemo(
    () => groupMessages(messages, calls, more ? "more" : "nothing"),
    [messages, calls, more],
  );
  const first = `${messages[0]?.id} ${oldestCall(calls)?.id}`;
  const { scroller, content, atEnd, toEnd, onScroll } = usePinned({ first, reset: id });
  const older = useOlder(id, more || moreCalls ? first : undefined, scroller);
  const unsent = useUnsent(me.id, id, messages);
  const held = useHeld(me.id).filter(({ conversationId }) => conversationId === id);
  const now = useNow();
  const typists = thread.typists.filter((typist) => typist.until > now && typist.id !== me.id);
  useReadMark(thread, atEnd);

  const nameOf = (voice: Voice) => {
    // On a platform several people may speak in one conversation.
    const isOther = channel !== "web" && voice.id !== undefined && voice.id !== customer.id;
    if (voice.kind === "customer") return (isOther ? voice.name : undefined) ?? customer.name;
    if (voice.kind === "agent") return voice.name ?? agent.name;
    return voice.id === me.id ? "You" : (voice.name ?? "A colleague");
  };

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        onScroll={onScroll}
        role="log"
        aria-live="off"
        aria-label={`Conversation with ${customer.name}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard.
        tabIndex={0}
        className="flex h-full flex-col overflow-y-auto overscroll-contain outline-offset-[-2px] [overflow-anchor:none]"
        data-testid="transcript"
      >
        <div ref={content} className="mx-auto mt-auto flex w-full max-w-3xl flex-col gap-4 px-4 py-5 sm:px-6">
          <div ref={older} className="h-px shrink-0" />
          {more || moreCalls ? <Skeleton className="h-10 w-2/3" /> : undefined}
          <AnswersProvider messages={messages}>
            {groups.map((group) => {
              if (group.kind === "day")
                return <DayLine key={group.key} name={dayName(group.moment, now || Date.now())} />;
              if (group.kind === "system") return <SystemLine key={group.key} message={group.message} />;
              if (group.kind === "call")
                return (
                  <CallEntry
                    key={group.key}
                    call={group.call}
                    turns={group.turns}
                    customer={customer.name}
                    agent={agent.name}
                  />
                );
              const { key, voice, messages: said } = group;
              const seen = channel === "web" ? (said.at(-1)?.seq ?? 0) <= receipts.customerRead : undefined;
              return (
                <MessageGroup
                  key={key}
                  voice={voice}
                  messages={said}
                  name={nameOf(voice)}
                  seen={seen}
                  {...(voice.id === me.id ? { face: me.name } : {})}
                />
              );
            })}
          </AnswersProvider>
          {thread.run ? <Streaming run={thread.run} name={agent.name} /> : undefined}
          {unsent.map(({ entry, audience, box }) => (
            <Unsent key={entry.clientId} entry={entry} audience={audience} face={me.name} box={box} />
          ))}
          {held.map((reply) => (
            <HeldReply key={reply.clientId} held={reply} me={me} />
          ))}
          {typists.map((typist) => (
            <Typing
              key={typist.key}
              typist={typist}
              name={typist.kind === "customer" ? customer.name : (typist.name ?? "A colleague")}
            />
          ))}
        </div>
      </div>
      {atEnd ? undefined : <ToEnd messages={messages} onPress={() => toEnd(true)} />}
      <Spoken messages={messages} nameOf={nameOf} />
      <SpokenTrouble key={id} messages={messages} />
    </div>
  );
}

/** Fetches what is older than the `first` when its reader comes near the top; nothing is where there is no `first`. */
function useOlder(id: string, first: string | undefined, scroller: React.RefObject<HTMLDivElement | null>) {
  const mark = useRef<HTMLDivElement>(null);
  const client = useQueryClient();
  useEffect(() => {
    // Looked at anew after each page: one that takes up little room leaves the top as near as before.
    if (first === undefined || !mark.current) return;
    let busy = false;
    const observer = new IntersectionObserver(
      async ([entry]) => {
        if (!entry?.isIntersecting || busy) return;
        busy = true;
        await loadOlder(client, id).catch(() =>
          toast.error("Older messages did not load. Scroll up to try again."),
        );
        busy = false;
      },
      { root: scroller.current, rootMargin: "300px 0px 0px" },
    );
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [client, id, first, scroller]);
  return mark;
}

/** What is on its way, and not yet in the log. */
function useUnsent(me: string, id: string, messages: MessageView[]) {
  const replies = useOutbox(me, id, "all");
  const notes = useOutbox(me, id, "operators");
  const whispers = useOutbox(me, id, "whisper");
  const stored = useMemo(() => new Set(messages.map(({ clientId }) => clientId)), [messages]);
  return [
    { audience: "all" as const, ...replies },
    { audience: "operators" as const, ...notes },
    { audience: "whisper" as const, ...whispers },
  ]
    .flatMap(({ audience, box, entries }) => entries.map((entry) => ({ entry, audience, box })))
    .filter(({ entry }) => !stored.has(entry.clientId))
    .sort((a, b) => a.entry.createdAt.localeCompare(b.entry.createdAt));
}

function ToEnd({ messages, onPress }: { messages: MessageView[]; onPress: () => void }) {
  const head = messages.at(-1)?.seq ?? 0;
  const [left] = useState(head);
  const fresh = messages.filter(({ seq }) => seq > left).length;
  return (
    <button
      type="button"
      onClick={onPress}
      className="-translate-x-1/2 absolute bottom-3 left-1/2 flex h-8 animate-rise items-center gap-1.5 rounded-full border border-line bg-raised px-3 font-medium text-ink text-xs shadow-lg hover:bg-hover"
    >
      {fresh === 0 ? "Newest" : `${fresh} new ${fresh === 1 ? "message" : "messages"}`}
      <ArrowDown className="size-3.5" aria-hidden />
    </button>
  );
}

/** Reads a new message out once it is whole. */
function Spoken({ messages, nameOf }: { messages: MessageView[]; nameOf: (voice: Voice) => string }) {
  const last = messages.at(-1);
  const [first] = useState(last?.seq ?? 0);
  if (!last || last.seq <= first) return <p aria-live="polite" className="sr-only" />;
  const { kind, id, name } = last.author;
  const voice = kind === "system" ? undefined : nameOf({ kind, id, name, note: false });
  return (
    <p aria-live="polite" className="sr-only">
      {voice ? `${voice}: ` : ""}
      {last.text}
    </p>
  );
}
