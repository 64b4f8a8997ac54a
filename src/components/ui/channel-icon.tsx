import { Globe, MessageSquareText, Webhook } from "lucide-react";
import type { ReactNode, SVGProps } from "react";
import type { ChannelName } from "#contracts/channel";
import { cn } from "./cn.ts";

const channels: Record<ChannelName, { label: string; glyph: ReactNode }> = {
  web: { label: "Web chat", glyph: <Globe /> },
  whatsapp: { label: "WhatsApp", glyph: <Handset /> },
  telegram: { label: "Telegram", glyph: <PaperPlane /> },
  slack: { label: "Slack", glyph: <Hash /> },
  teams: { label: "Microsoft Teams", glyph: <TwoPeople /> },
  messenger: { label: "Messenger", glyph: <Bolt /> },
  sms: { label: "SMS", glyph: <MessageSquareText /> },
  custom: { label: "Custom webhook", glyph: <Webhook /> },
};

/** A channel's name as people know it. */
export function channelLabel(channel: ChannelName) {
  return channels[channel].label;
}

type Props = { channel: ChannelName; className?: string | undefined };

/** A channel's picture in the colour of the text around it; the name stands beside it, so it is silent. */
export function ChannelIcon({ channel, className }: Props) {
  return (
    <span
      aria-hidden
      className={cn("inline-flex size-4 shrink-0 [&_svg]:size-full", className)}
      data-channel={channel}
    >
      {channels[channel].glyph}
    </span>
  );
}

/** Pictures of our own, drawn with the stroke of the icons beside them. */
function Glyph(props: SVGProps<SVGSVGElement>) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...props}
    />
  );
}

function Handset() {
  return (
    <Glyph>
      <path d="M3 21l1.4-4.7A9 9 0 1 1 7.9 19.8z" />
      <path d="M9.2 8.6c-.5 3 3 6.6 6 6.2l.5-1.9-2-.9-.9.9c-.9-.4-1.5-1.1-1.9-1.9l.9-.9-.8-2z" />
    </Glyph>
  );
}

function PaperPlane() {
  return (
    <Glyph>
      <path d="M21 4L3 11l5.5 2.3L18 7l-7 7.6L17.5 20z" />
      <path d="M8.5 13.3V20l2.9-3.1" />
    </Glyph>
  );
}

function Hash() {
  return (
    <Glyph strokeWidth={2.6}>
      <path d="M9.5 4v16M14.5 4v16M4 9.5h16M4 14.5h16" />
    </Glyph>
  );
}

function TwoPeople() {
  return (
    <Glyph>
      <circle cx="9.5" cy="6" r="3" />
      <path d="M3.5 20v-6a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v6z" />
      <circle cx="18" cy="7.5" r="2" />
      <path d="M18.5 12.5h1a1.5 1.5 0 0 1 1.5 1.5v3.5" />
    </Glyph>
  );
}

function Bolt() {
  return (
    <Glyph>
      <path d="M7 20.7V17.5A8.5 8 0 1 1 11 19.2z" />
      <path d="M7.5 13l3-3 3 2.4 3-2.9" />
    </Glyph>
  );
}
