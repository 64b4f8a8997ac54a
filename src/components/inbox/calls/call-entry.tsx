"use client";

import { PhoneCall, PhoneIncoming, PhoneMissed, PhoneOutgoing } from "lucide-react";
import { memo } from "react";
import { clock, fullMoment } from "#components/inbox/times.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { Badge } from "#components/ui/badge.tsx";
import { cn } from "#components/ui/cn.ts";
import { type CallView, isLive } from "#contracts/calls";
import type { MessageView } from "#contracts/conversation";
import { CallTurns } from "./call-turns.tsx";
import { callName, duration, endWords, lasted, liveWords, outcomeWords } from "./call-words.ts";

type Props = { call: CallView; turns: MessageView[]; customer: string; agent: string };

/** A phone call among the messages: what came of it, and what was said in it. */
export const CallEntry = memo(function CallEntry({ call, turns, customer, agent }: Props) {
  const live = isLive(call.status);
  return (
    <article
      aria-label={`${callName(call)}, ${clock(call.startedAt)}`}
      data-call={call.id}
      className={cn(
        "mx-auto w-full max-w-xl rounded-xl border bg-surface shadow-xs",
        live ? "border-green-line" : "border-line",
      )}
    >
      <header className="flex items-center gap-3 px-3.5 py-2.5">
        <Sign call={call} />
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-ink text-sm">
            {callName(call)}
            <Came call={call} agent={agent} />
          </p>
          <p className="flex flex-wrap gap-x-2 text-2xs text-ink-3 tabular-nums">
            <time dateTime={call.startedAt} title={fullMoment(call.startedAt)} dir="auto">
              {clock(call.startedAt)}
            </time>
            {call.requestedBy ? <bdi>Asked for by {call.requestedBy.name}</bdi> : undefined}
            {call.cost === undefined ? undefined : <bdi>{call.cost.toLocaleString()} credits</bdi>}
          </p>
        </div>
        <Length call={call} />
      </header>
      <About call={call} />
      {turns.length > 0 ? (
        <CallTurns call={call} turns={turns} customer={customer} agent={agent} />
      ) : undefined}
      {call.recordingUrl ? (
        <div className="border-line border-t px-3.5 py-2.5">
          {/* biome-ignore lint/a11y/useMediaCaption: what is said in it stands above it as text. */}
          <audio
            controls
            preload="none"
            src={call.recordingUrl}
            aria-label="Recording"
            className="h-9 w-full"
          />
        </div>
      ) : undefined}
    </article>
  );
});

function Sign({ call }: { call: CallView }) {
  const missed = endWords(call) !== undefined;
  const live = isLive(call.status);
  return (
    <span
      aria-hidden
      className={cn(
        "flex size-8 shrink-0 items-center justify-center rounded-full [&_svg]:size-4",
        live && "bg-green-soft text-green-ink",
        !live && (missed ? "bg-amber-soft text-amber-ink" : "bg-sunken text-ink-2"),
      )}
    >
      {pictureOf(call)}
    </span>
  );
}

function pictureOf(call: CallView) {
  if (call.status === "in_progress") return <PhoneCall />;
  if (!isLive(call.status) && endWords(call)) return <PhoneMissed />;
  return call.direction === "inbound" ? <PhoneIncoming /> : <PhoneOutgoing />;
}

function Came({ call, agent }: { call: CallView; agent: string }) {
  if (isLive(call.status)) return <Badge tone="green">{liveWords(call, call.liveWith?.name ?? agent)}</Badge>;
  const end = endWords(call);
  const outcome = outcomeWords(call);
  return (
    <>
      {end ? <Badge tone={end.tone}>{end.words}</Badge> : undefined}
      {outcome && end === undefined ? <Badge tone={outcome.tone}>{outcome.words}</Badge> : undefined}
    </>
  );
}

function Length({ call }: { call: CallView }) {
  return call.status === "in_progress" ? <Running call={call} /> : <Seconds value={lasted(call, 0)} />;
}

function Running({ call }: { call: CallView }) {
  const now = useNow();
  return <Seconds value={now === 0 ? undefined : lasted(call, now)} />;
}

function Seconds({ value }: { value: number | undefined }) {
  if (value === undefined) return undefined;
  return (
    <span className="shrink-0 text-ink-2 text-sm tabular-nums">
      <span className="sr-only">Lasted </span>
      {duration(value)}
    </span>
  );
}

/** What it was for, what became of it, and why not. */
function About({ call: { context, summary, failureReason } }: { call: CallView }) {
  if (!context && !summary && !failureReason) return undefined;
  return (
    <dl className="flex flex-col gap-1.5 border-line border-t px-3.5 py-2.5 text-sm">
      {context ? <Line name="About">{context}</Line> : undefined}
      {summary ? <Line name="Summary">{summary}</Line> : undefined}
      {failureReason ? <Line name="Why">{failureReason}</Line> : undefined}
    </dl>
  );
}

function Line({ name, children }: { name: string; children: string }) {
  return (
    <div className="grid grid-cols-[4.5rem_1fr] gap-x-2">
      <dt className="text-ink-3 text-xs leading-5">{name}</dt>
      <dd dir="auto" className="min-w-0 whitespace-pre-line break-words text-ink">
        {children}
      </dd>
    </div>
  );
}
