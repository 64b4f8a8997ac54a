import type { ReactNode } from "react";
import type { PresenceStatus } from "#components/ui/avatar.tsx";
import { NavRail } from "./nav-rail.tsx";

export type ShellOperator = {
  id: string;
  name: string;
  email: string;
  image?: string | undefined;
  role: "owner" | "admin" | "operator";
  status: PresenceStatus;
};

type Props = { operator: ShellOperator; company: { name: string }; children: ReactNode };

/** The frame of every page for operators: the rail at the side (below on a phone), the page beside it. */
export function AppShell({ operator, company, children }: Props) {
  return (
    <div className="flex h-dvh flex-col-reverse overflow-hidden bg-canvas sm:flex-row">
      <a
        href="#main"
        className="-translate-y-16 fixed start-2 top-2 z-50 rounded-md bg-accent px-3 py-2 text-on-accent text-sm focus:translate-y-0"
      >
        Skip to content
      </a>
      <NavRail operator={operator} company={company} />
      <main id="main" tabIndex={-1} className="min-h-0 min-w-0 flex-1 outline-none">
        {children}
      </main>
    </div>
  );
}
