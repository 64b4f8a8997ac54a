import { type Signal, useSignal } from "@preact/signals";
import type { MessageView } from "#contracts/conversation";
import { Banner, ExpiredBanner } from "./banner.tsx";
import type { Chat } from "./chat/store.ts";
import { Composer } from "./composer.tsx";
import { HandoverCard } from "./handover-card.tsx";
import { Header } from "./header.tsx";
import { Log } from "./log.tsx";
import { TopicNews } from "./topic-signs.tsx";

type Props = {
  chat: Chat;
  dropped: Signal<File[]>;
  full: boolean;
  onClose?: (() => void) | undefined;
};

/** One topic: who one is talking to, what was said, and where one writes. */
export function Conversation({ chat, dropped, full, onClose }: Props) {
  const replyTo = useSignal<MessageView | undefined>(undefined);
  return (
    <>
      <Header chat={chat} onClose={onClose} />
      <ExpiredBanner chat={chat} />
      <Banner chat={chat} />
      <TopicNews chat={chat} />
      <Log
        chat={chat}
        onReply={(message) => {
          replyTo.value = message;
        }}
      />
      <HandoverCard chat={chat} />
      <Composer chat={chat} replyTo={replyTo} dropped={dropped} full={full} />
    </>
  );
}
