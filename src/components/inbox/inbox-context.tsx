"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Latency } from "#client/latency";
import type { ConnectionStatus } from "#client/realtime";
import type { ComposerAccess } from "./composer/access.ts";

export type Me = { id: string; name: string; image?: string | undefined };

export type InboxParts = {
  me: Me;
  company: { name: string };
  status: ConnectionStatus;
  retry: () => void;
  latency: () => Latency | undefined;
  /** Shows a conversation, wherever the window is. */
  open: (conversationId: string) => void;
  /** The reply that is being written: `composer.insert(text, { suggestionId })`, `useReplyText({ composer })`. */
  composer: ComposerAccess;
};

const InboxContext = createContext<InboxParts | undefined>(undefined);

export function InboxContextProvider({ value, children }: { value: InboxParts; children: ReactNode }) {
  return <InboxContext value={value}>{children}</InboxContext>;
}

/** Who looks at the inbox, and how its stream stands. */
export function useInbox(): InboxParts {
  const parts = useContext(InboxContext);
  if (!parts) throw new Error("useInbox stands outside of the inbox.");
  return parts;
}
