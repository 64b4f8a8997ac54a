"use client";

import { CircleAlert, Clock3, RotateCw, Trash2 } from "lucide-react";
import remend from "remend";
import type { Outbox, OutboxEntry } from "#client/outbox";
import type { Thread, Typist } from "#components/inbox/data/thread.ts";
import { Button } from "#components/ui/button.tsx";
import { Bubble } from "./bubble.tsx";
import { VoiceRow } from "./message-group.tsx";

/** The answer that the assistant is writing right now; read out only when it is done. */
export function Streaming({ run, name }: { run: NonNullable<Thread["run"]>; name: string }) {
  const voice = { kind: "agent", note: false } as const;
  return (
    <VoiceRow voice={voice} name={name}>
      <div aria-busy="true" aria-live="off" className="max-w-full" data-testid="streaming">
        {run.text ? (
          <Bubble voice={voice} text={remend(run.text)} last />
        ) : (
          <Dots className="rounded-br-sm bg-accent-soft" label={`${name} is thinking`} />
        )}
      </div>
    </VoiceRow>
  );
}

/** Who else is writing. */
export function Typing({ typist, name }: { typist: Typist; name: string }) {
  const kind = typist.kind === "customer" ? "customer" : "operator";
  const look = kind === "customer" ? "rounded-bl-sm bg-bubble" : "rounded-br-sm bg-hover";
  return (
    <VoiceRow voice={{ kind, note: false }} name={kind === "customer" ? name : `${name} is writing a reply`}>
      <Dots className={look} label={`${name} is typing`} />
    </VoiceRow>
  );
}

function Dots({ className, label }: { className: string; label: string }) {
  return (
    <span className={`flex h-9 items-center gap-1 rounded-2xl px-3.5 ${className}`}>
      <span className="sr-only">{label}</span>
      {[0, 150, 300].map((delay) => (
        <span
          key={delay}
          aria-hidden
          className="size-1.5 animate-blink rounded-full bg-ink-3"
          style={{ animationDelay: `${delay}ms` }}
        />
      ))}
    </span>
  );
}

type UnsentProps = { entry: OutboxEntry; note: boolean; face: string; box: Outbox | undefined };

/** A message that the server does not have yet. */
export function Unsent({ entry, note, face, box }: UnsentProps) {
  const voice = { kind: "operator", note } as const;
  return (
    <VoiceRow voice={voice} name="You" face={face}>
      <Bubble voice={voice} text={entry.text} last faded />
      {entry.state === "failed" ? (
        <p role="alert" className="flex flex-wrap items-center justify-end gap-1 text-red-ink text-xs">
          <CircleAlert className="size-3.5" aria-hidden />
          {entry.error ?? "Not sent."}
          <Button size="sm" variant="ghost" onClick={() => box?.retry(entry.clientId)}>
            <RotateCw aria-hidden />
            Try again
          </Button>
          <Button size="sm" variant="ghost" onClick={() => box?.drop(entry.clientId)}>
            <Trash2 aria-hidden />
            Discard
          </Button>
        </p>
      ) : (
        <p className="flex items-center gap-1 px-1 text-2xs text-ink-3">
          <Clock3 className="size-3" aria-hidden />
          {entry.state === "waiting" ? "Waiting for the connection" : "Sending"}
        </p>
      )}
    </VoiceRow>
  );
}
