"use client";

import { ArrowUp, Phone } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { asWireError } from "#client/wire-error";
import { callName, duration, endWords } from "#components/inbox/calls/call-words.ts";
import { clock } from "#components/inbox/times.ts";
import { IconButton } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { plainText } from "#components/ui/markdown.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { type CallView, isLive } from "#contracts/calls";
import type { MessageView } from "#contracts/conversation";
import type { PracticeLine } from "#contracts/practice";
import type { LeadState } from "./lead-state.ts";
import { phoneWords } from "./number-words.ts";
import { practice } from "./practice-api.ts";
import type { Lead } from "./use-lead.ts";

type Props = { line: PracticeLine; number: string; lead: Lead };

/** The thread of texts as the customer's phone shows it: of ours only what has arrived. */
export function PhoneMessages({ line, number, lead }: Props) {
  const things = onPhone(lead.state);
  const end = useRef<HTMLDivElement>(null);
  const newest = things.at(-1)?.key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new thing is scrolled to.
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [newest]);
  return (
    <>
      <p className="shrink-0 bg-canvas py-1.5 text-center text-2xs text-ink-3">
        With <bdi className="font-medium text-ink-2 tabular-nums">{phoneWords(line.number)}</bdi>
      </p>
      <div
        role="log"
        aria-label="Texts"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard.
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col gap-1.5 overflow-y-auto px-3 py-3 outline-offset-[-3px]"
      >
        {things.length === 0 ? (
          <p className="m-auto max-w-48 text-balance text-center text-ink-3 text-sm">
            Write to {line.agent.name}, for example “How do I send something back?”
          </p>
        ) : undefined}
        {things.map((thing) =>
          thing.call ? (
            <CallLine key={thing.key} call={thing.call} />
          ) : (
            <Text key={thing.key} message={thing.message} />
          ),
        )}
        <div ref={end} />
      </div>
      <Writing number={number} />
    </>
  );
}

type Thing = { key: string; at: string } & (
  | { message: MessageView; call?: undefined }
  | { call: CallView; message?: undefined }
);

const arrived = new Set(["sent", "delivered", "read"]);

function onPhone({ messages, calls }: LeadState): Thing[] {
  const texts = messages.filter(
    ({ author, audience, data, delivery }) =>
      audience === "all" &&
      data?.kind !== "spoken" &&
      (author.kind === "customer" || (delivery !== undefined && arrived.has(delivery.state))),
  );
  return [
    ...texts.map((message) => ({ key: message.id, at: message.createdAt, message })),
    ...calls
      .filter(({ status }) => !isLive(status))
      .map((call) => ({ key: call.id, at: call.endedAt ?? call.startedAt, call })),
  ].sort((a, b) => a.at.localeCompare(b.at));
}

function Text({ message: { author, text, createdAt } }: { message: MessageView }) {
  const mine = author.kind === "customer";
  return (
    <p
      dir="auto"
      title={clock(createdAt)}
      className={cn(
        "w-fit max-w-[85%] whitespace-pre-line break-words rounded-2xl px-3 py-1.5 text-sm",
        mine
          ? "self-end rounded-ee-sm bg-accent text-on-accent"
          : "self-start rounded-es-sm bg-bubble text-ink",
      )}
    >
      <span className="sr-only">{mine ? "You: " : "Answer: "}</span>
      {plainText(text)}
    </p>
  );
}

function CallLine({ call }: { call: CallView }) {
  // What comes in at the company goes out from this phone.
  const direction = call.direction === "inbound" ? "outbound" : "inbound";
  const came = endWords({ direction, status: call.status })?.words ?? duration(call.durationSeconds ?? 0);
  return (
    <p className="flex items-center gap-1 self-center py-1 text-2xs text-ink-3">
      <Phone className="size-3" aria-hidden />
      {callName({ direction })}, {came}
    </p>
  );
}

function Writing({ number }: { number: string }) {
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const empty = text.trim() === "";

  async function send() {
    if (empty || busy) return;
    setBusy(true);
    try {
      await practice.sms(number, text.trim());
      setText("");
    } catch (error) {
      toast.error(asWireError(error).message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      className="flex shrink-0 items-end gap-1.5 px-3 pb-2"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        rows={1}
        dir="auto"
        value={text}
        maxLength={1_600}
        aria-label="Text message"
        placeholder="Text message"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
        className="field-sizing-content max-h-24 min-h-9 w-full resize-none rounded-2xl border border-line-strong bg-surface px-3 py-1.5 text-base text-ink sm:text-sm"
      />
      <IconButton
        type="submit"
        label="Send"
        variant="primary"
        className="size-9 shrink-0 rounded-full"
        busy={busy}
        disabled={empty}
        focusableWhenDisabled
        icon={busy ? undefined : <ArrowUp aria-hidden />}
      />
    </form>
  );
}
