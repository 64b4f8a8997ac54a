"use client";

import { CircleAlert, Clock3, Paperclip, RotateCw, Trash2, Undo2 } from "lucide-react";
import remend from "remend";
import type { Outbox, OutboxEntry } from "#client/outbox";
import type { Held } from "#components/inbox/composer/held.ts";
import { hideHeld, SecondsLeft } from "#components/inbox/composer/held-toast.tsx";
import { holdOf } from "#components/inbox/composer/hold.ts";
import { takeBack } from "#components/inbox/composer/take-back.ts";
import type { Thread, Typist } from "#components/inbox/data/thread.ts";
import { type Audience, newerThan, sendAnyway } from "#components/inbox/outboxes.ts";
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

type HeldProps = { held: Held; me: { id: string; name: string } };

/** A reply that leaves in a moment, and can be taken back until then. */
export function HeldReply({ held, me }: HeldProps) {
  const { clientId, text, leavesAt, attachments } = held;
  return (
    <VoiceRow voice={{ kind: "operator", note: false }} name="You" face={me.name}>
      <Bubble voice={{ kind: "operator", note: false }} text={text} last faded>
        <FileNames names={attachments?.map(({ name }) => name) ?? []} />
      </Bubble>
      <p className="flex items-center gap-1 px-1 text-2xs text-ink-3 tabular-nums">
        <Clock3 className="size-3" aria-hidden />
        <SecondsLeft until={leavesAt} />
        <Button size="sm" variant="ghost" onClick={() => takeBack(me.id, clientId)}>
          <Undo2 aria-hidden />
          Undo
        </Button>
        <Button
          size="sm"
          variant="ghost"
          onClick={() => {
            holdOf(me.id).release(clientId);
            hideHeld(clientId);
          }}
        >
          Send now
        </Button>
      </p>
    </VoiceRow>
  );
}

function FileNames({ names }: { names: string[] }) {
  if (names.length === 0) return undefined;
  return (
    <p className="mt-1 flex items-center gap-1.5 text-sm">
      <Paperclip className="size-3.5 shrink-0" aria-hidden />
      {names.join(", ")}
    </p>
  );
}

type UnsentProps = {
  entry: OutboxEntry;
  audience: Audience;
  face: string;
  box: Outbox | undefined;
};

/** A message that the server does not have yet. */
export function Unsent({ entry, audience, face, box }: UnsentProps) {
  const note = audience !== "all";
  const voice = { kind: "operator", note, whisper: audience === "whisper" } as const;
  return (
    <VoiceRow voice={voice} name="You" face={face}>
      <Bubble voice={voice} text={entry.text} last faded>
        <FileNames names={entry.attachments?.map(({ name }) => name) ?? []} />
      </Bubble>
      {entry.state === "failed" ? (
        <Refused entry={entry} box={box} />
      ) : (
        <p className="flex items-center gap-1 px-1 text-2xs text-ink-3">
          <Clock3 className="size-3" aria-hidden />
          {entry.state === "waiting" ? "Waiting for the connection" : "Sending"}
        </p>
      )}
    </VoiceRow>
  );
}

function Refused({ entry, box }: { entry: OutboxEntry; box: Outbox | undefined }) {
  const newer = newerThan(entry.clientId);
  const again = () => {
    if (!box) return;
    if (newer) sendAnyway(box, entry);
    else void box.retry(entry.clientId);
  };
  return (
    <div role="alert" className="flex flex-wrap items-center justify-end gap-1 text-red-ink text-xs">
      <CircleAlert className="size-3.5" aria-hidden />
      {entry.error ?? "Not sent."}
      <Button size="sm" variant="ghost" onClick={again}>
        <RotateCw aria-hidden />
        {newer ? "Send anyway" : "Try again"}
      </Button>
      <Button size="sm" variant="ghost" onClick={() => box?.drop(entry.clientId)}>
        <Trash2 aria-hidden />
        Discard
      </Button>
    </div>
  );
}
