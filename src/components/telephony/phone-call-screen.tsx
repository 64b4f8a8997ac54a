"use client";

import { ArrowUp, Phone, PhoneOff } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { duration } from "#components/inbox/calls/call-words.ts";
import { useNow } from "#components/inbox/use-now.ts";
import { IconButton } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import type { PracticeLine } from "#contracts/practice";
import type { Call, OnPhone } from "./use-call.ts";

type Props = { line: PracticeLine; call: Call };

/** The screen of a phone on a call: who is there, what is being said, and the way out. */
export function PhoneCallScreen({ line, call }: Props) {
  const { now } = call;
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-linear-to-b from-sunken to-surface">
      <div className="flex flex-col items-center gap-0.5 px-4 pt-5 pb-3">
        <p className="font-semibold text-ink text-lg">{line.agent.name}</p>
        <p role="status" className="text-ink-3 text-xs tabular-nums">
          <Standing now={now} />
        </p>
      </div>
      {now.is === "talking" ? (
        <Talk talk={now} agent={line.agent.name} onSay={call.say} />
      ) : (
        <span className="flex-1" />
      )}
      <div className="flex shrink-0 justify-center gap-10 px-4 pt-3 pb-6">
        {now.is === "ringing" ? (
          <>
            <Round label="Decline" look="bg-red text-white" onPress={() => call.end("busy")}>
              <PhoneOff />
            </Round>
            <Round label="Answer" look="bg-green-ink text-surface" onPress={() => call.answer(now.call)}>
              <Phone className="fill-current" />
            </Round>
          </>
        ) : undefined}
        {now.is === "talking" ? (
          <Round label="Hang up" look="bg-red text-white" onPress={() => call.end()}>
            <PhoneOff />
          </Round>
        ) : undefined}
      </div>
    </div>
  );
}

function Standing({ now }: { now: OnPhone }) {
  const clock = useNow();
  switch (now.is) {
    case "dialling":
      return "Calling…";
    case "ringing":
      return "Incoming call";
    case "talking":
      return duration(Math.max(0, clock - now.since) / 1_000);
    default:
      return "Call ended";
  }
}

type Talking = Extract<OnPhone, { is: "talking" }>;
type TalkProps = { talk: Talking; agent: string; onSay: (text: string) => void };

function Talk({ talk, agent, onSay }: TalkProps) {
  const [text, setText] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => field.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new turn is scrolled to.
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [talk.turns.length, talk.thinking]);
  const free = text.trim() !== "" && !talk.thinking;
  return (
    <>
      <ol
        aria-label="What is said"
        aria-live="polite"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard.
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col gap-2.5 overflow-y-auto px-4 py-2 outline-offset-[-3px]"
      >
        {talk.turns.map((turn) => (
          <li key={`${turn.at}${turn.author}`} className="text-sm">
            <span
              className={cn(
                "block font-medium text-2xs",
                turn.author === "agent" ? "text-accent-ink" : "text-ink-3",
              )}
            >
              {turn.author === "agent" ? agent : "You"}
            </span>
            <span dir="auto" className="block break-words text-ink">
              {turn.text}
            </span>
          </li>
        ))}
        <li ref={end} className={cn("text-ink-3 text-sm", !talk.thinking && "sr-only")}>
          {talk.thinking ? `${agent} is thinking…` : ""}
        </li>
      </ol>
      <form
        className="flex shrink-0 items-center gap-1.5 px-3 pt-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (!free) return;
          onSay(text.trim());
          setText("");
        }}
      >
        <input
          ref={field}
          dir="auto"
          value={text}
          maxLength={1_000}
          aria-label="Say something"
          placeholder="Say something"
          onChange={(event) => setText(event.target.value)}
          className="h-9 w-full rounded-full border border-line-strong bg-surface px-3.5 text-base text-ink sm:text-sm"
        />
        <IconButton
          type="submit"
          label="Say"
          variant="primary"
          className="size-9 shrink-0 rounded-full"
          disabled={!free}
          focusableWhenDisabled
          icon={<ArrowUp aria-hidden />}
        />
      </form>
    </>
  );
}

type RoundProps = { label: string; look: string; onPress: () => void; children: ReactNode };

function Round({ label, look, onPress, children }: RoundProps) {
  return (
    <span className="flex flex-col items-center gap-1">
      <button
        type="button"
        aria-label={label}
        onClick={onPress}
        className={cn(
          "flex size-14 items-center justify-center rounded-full shadow-md transition-transform hover:scale-105 active:scale-95 motion-reduce:transform-none [&_svg]:size-6",
          look,
        )}
      >
        {children}
      </button>
      <span aria-hidden className="text-2xs text-ink-3">
        {label}
      </span>
    </span>
  );
}
