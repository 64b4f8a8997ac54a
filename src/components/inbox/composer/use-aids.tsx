"use client";

import { useMemo } from "react";
import { desk } from "#components/inbox/data/desk-api.ts";
import { useCanned } from "#components/inbox/data/desk-queries.ts";
import { useOperators } from "#components/inbox/data/queries.ts";
import { useInbox } from "#components/inbox/inbox-context.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { cannedValues } from "#contracts/canned-words";
import type { CannedResponse } from "#contracts/desk-tools";
import type { ConversationRow, OperatorView } from "#contracts/operator";
import { cannedWords, findCanned, gapIn } from "./canned.ts";
import { type Completion, useCompletions } from "./completions.tsx";
import { type Emoji, findEmojis } from "./emoji.ts";
import { findColleagues } from "./mentions.ts";
import type { Mode } from "./mode.ts";
import { complete, type Trigger, triggerAt } from "./trigger.ts";
import type { TextField } from "./use-text-field.ts";

const signs: Record<Mode, Trigger["sign"][]> = {
  reply: ["/", ":"],
  note: ["/", "@", ":"],
  whisper: [":"],
};

const labels: Record<Trigger["sign"], string> = {
  "/": "Canned responses",
  "@": "Colleagues",
  ":": "Emojis",
};

/** What helps to write: canned responses with `/`, colleagues with `@`, emojis with `:`. */
export function useAids(row: ConversationRow, mode: Mode, text: string, field: TextField) {
  const { me, company } = useInbox();
  const { data: canned, isPending } = useCanned();
  const operators = useOperators();
  const trigger = useMemo(() => triggerAt(text, field.caret, signs[mode]), [text, field.caret, mode]);
  const values = cannedValues({
    customer: row.customer,
    operator: me,
    company,
    agent: row.agent,
    topic: row.attributes.topic,
  });

  function itemsOf({ sign, query }: Trigger): Completion[] {
    if (sign === ":") return findEmojis(query).map(emojiLine);
    if (sign === "@")
      return findColleagues(
        operators.filter(({ id }) => id !== me.id),
        query,
      ).map(colleagueLine);
    return findCanned(canned ?? [], query).map((response) =>
      cannedLine(response, cannedWords(response, values)),
    );
  }

  const completions = useCompletions({
    trigger,
    items: trigger ? itemsOf(trigger) : [],
    onChoose({ words, onUse }, asked) {
      onUse?.();
      const done = complete(text, asked, words);
      const gap = gapIn(words);
      const at = asked.from;
      // What nobody knows has to be written, so it is what the next letter replaces.
      const selected = gap
        ? { start: at + gap.start, end: at + gap.end }
        : { start: done.caret, end: done.caret };
      field.write(done.text, selected);
    },
  });
  const asksCanned = trigger?.sign === "/";
  const nothing = asksCanned && canned?.length === 0 ? "Your company has no canned responses yet." : "";
  return {
    completions,
    label: trigger ? labels[trigger.sign] : "",
    nothing,
    /** Whether what was asked for is still on its way: what stands there is no message yet. */
    isComing: asksCanned && isPending,
  };
}

function emojiLine({ sign, name }: Emoji): Completion {
  return {
    key: sign,
    words: `${sign} `,
    children: (
      <>
        <span className="text-lg" aria-hidden>
          {sign}
        </span>
        <span>:{name.split(" ")[0]}:</span>
      </>
    ),
  };
}

const presence = { online: "Online", away: "Away", offline: "Offline" };

function colleagueLine({ id, name, image, status }: OperatorView): Completion {
  return {
    key: id,
    words: `@${name} `,
    children: (
      <>
        <Avatar name={name} image={image} size="sm" status={status} />
        <span dir="auto" className="min-w-0 flex-1 truncate">
          {name}
        </span>
        <span className="text-ink-3 text-xs">{presence[status]}</span>
      </>
    ),
  };
}

function cannedLine({ id, name, title }: CannedResponse, words: string): Completion {
  return {
    key: id,
    words,
    // A use that is not counted changes nothing but an order.
    onUse: () => void desk.useCanned(id).catch(() => undefined),
    children: (
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span dir="auto" className="truncate font-medium">
            {title}
          </span>
          <code className="shrink-0 font-mono text-2xs text-ink-3">/{name}</code>
        </span>
        <span dir="auto" className="line-clamp-2 text-ink-3 text-xs">
          {words}
        </span>
      </span>
    ),
  };
}
