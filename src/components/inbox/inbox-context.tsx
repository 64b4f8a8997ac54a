"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Latency } from "#client/latency";
import type { ConnectionStatus } from "#client/realtime";

export type Me = { id: string; name: string; image?: string | undefined };

export type InboxParts = {
  me: Me;
  status: ConnectionStatus;
  retry: () => void;
  latency: () => Latency | undefined;
  /** Starts the clock of a message that is on its way. */
  sending: (clientId: string) => void;
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
