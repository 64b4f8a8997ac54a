"use client";

import { Bot, Check, CheckCheck, FileText } from "lucide-react";
import { memo, type ReactNode } from "react";
import { attachmentUrl } from "#components/inbox/data/api.ts";
import { clock, fullMoment } from "#components/inbox/times.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { cn } from "#components/ui/cn.ts";
import type { Attachment, Delivery, MessageView } from "#contracts/conversation";
import { AnswerFacts } from "./answer-facts.tsx";
import { Bubble } from "./bubble.tsx";
import { DeliveryMark, DeliveryTrouble, isTrouble } from "./delivery.tsx";
import type { Voice } from "./groups.ts";
import { MentionBubble } from "./mention-bubble.tsx";
import { Structured } from "./structured/structured.tsx";

type Props = {
  voice: Voice;
  messages: MessageView[];
  name: string;
  face?: string;
  /** Where the web chat itself tells it. */
  seen?: boolean | undefined;
};

/** What one voice said in one go: the customer stands left, the assistant and operators right. */
export const MessageGroup = memo(function MessageGroup({ voice, messages, name, face, seen }: Props) {
  const last = messages.at(-1);
  if (!last) return undefined;
  return (
    <VoiceRow voice={voice} name={name} face={face}>
      {messages.map((message) => (
        <article
          key={message.id}
          aria-label={`${name}, ${clock(message.createdAt)}`}
          data-message={message.id}
          className={cn(
            "flex max-w-full flex-col gap-1.5",
            voice.kind === "customer" ? "items-start" : "items-end",
          )}
        >
          <Said voice={voice} message={message} last={message === last}>
            {message.attachments?.map((attachment) => (
              <AttachmentLink
                key={attachment.id}
                attachment={attachment}
                conversationId={message.conversationId}
              />
            ))}
            <Structured message={message} />
          </Said>
          {message.answer || message.sources ? <AnswerFacts message={message} /> : undefined}
          <DeliveryTrouble message={message} />
          {message !== last && message.delivery && differs(message.delivery, last.delivery) ? (
            <p className="px-1 text-2xs text-ink-3">
              <DeliveryMark delivery={message.delivery} />
            </p>
          ) : undefined}
        </article>
      ))}
      <p className="flex max-w-full flex-wrap items-center justify-end gap-x-1.5 px-1 text-2xs text-ink-3">
        <time
          dateTime={last.createdAt}
          title={fullMoment(last.createdAt)}
          className="whitespace-nowrap tabular-nums"
        >
          {clock(last.createdAt)}
        </time>
        {seen !== undefined && voice.kind === "operator" && !voice.note ? <Seen seen={seen} /> : undefined}
        {last.delivery && !isTrouble(last.delivery) ? <DeliveryMark delivery={last.delivery} /> : undefined}
      </p>
    </VoiceRow>
  );
});

type SaidProps = { voice: Voice; message: MessageView; last: boolean; children: ReactNode };

function Said({ message: { text, data }, ...rest }: SaidProps) {
  if (data?.kind === "mention") return <MentionBubble {...rest} text={text} named={data.operators} />;
  return <Bubble {...rest} text={text} />;
}

/** Says whether a message needs a mark of its own, beside the one at the end of its group. */
function differs(delivery: Delivery, last: Delivery | undefined): boolean {
  return !isTrouble(delivery) && delivery.state !== last?.state;
}

type VoiceRowProps = {
  voice: Voice;
  name: string;
  /** Whose picture stands beside it, where that is not the name. */
  face?: string | undefined;
  children: ReactNode;
};

/** The side, the picture and the name of a voice. */
export function VoiceRow({ voice, name, face, children }: VoiceRowProps) {
  const left = voice.kind === "customer";
  return (
    <div className={cn("flex animate-rise gap-2.5", left ? "justify-start" : "flex-row-reverse")}>
      <Avatar
        name={face ?? name}
        size="sm"
        className="mt-5"
        icon={voice.kind === "agent" ? <Bot /> : undefined}
      />
      <div
        className={cn(
          "flex min-w-0 max-w-[min(34rem,82%)] flex-col gap-1",
          left ? "items-start" : "items-end",
        )}
      >
        <p className="flex max-w-full items-center gap-1.5 px-1 text-2xs text-ink-3">
          <span dir="auto" className="truncate font-medium text-ink-2">
            {name}
          </span>
          {voice.kind === "agent" ? (
            <Badge tone="accent" className="px-1.5">
              AI
            </Badge>
          ) : undefined}
        </p>
        {children}
      </div>
    </div>
  );
}

function Seen({ seen }: { seen: boolean }) {
  return seen ? (
    <span className="flex items-center gap-0.5 text-accent-ink">
      <CheckCheck className="size-3.5" aria-hidden />
      Seen
    </span>
  ) : (
    <span className="flex items-center gap-0.5">
      <Check className="size-3.5" aria-hidden />
      Sent
    </span>
  );
}

type AttachmentProps = { attachment: Attachment; conversationId: string };

function AttachmentLink({ attachment, conversationId }: AttachmentProps) {
  const { name, size, mediaType } = attachment;
  const url = attachmentUrl(conversationId, attachment);
  if (mediaType.startsWith("image/")) {
    return (
      <a href={url} target="_blank" rel="noopener noreferrer" className="mt-1 block">
        {/* biome-ignore lint/performance/noImgElement: served by the API to whoever may see the conversation. */}
        <img src={url} alt={name} loading="lazy" className="max-h-64 rounded-lg object-contain" />
      </a>
    );
  }
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      className="mt-1 flex items-center gap-2 rounded-lg bg-current/8 px-2.5 py-2 text-sm"
    >
      <FileText className="size-4 shrink-0" aria-hidden />
      <span className="truncate">{name}</span>
      <span className="shrink-0 text-xs opacity-75">{Math.max(1, Math.round(size / 1024))} KB</span>
    </a>
  );
}
