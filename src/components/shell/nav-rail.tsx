"use client";

import { ChartColumn, Inbox, Settings, UsersRound } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { AlertBell } from "#components/alerts/bell.tsx";
import { cn } from "#components/ui/cn.ts";
import { Tooltip } from "#components/ui/tooltip.tsx";
import type { ShellOperator } from "./app-shell.tsx";
import { BrandMark } from "./brand.tsx";
import { OperatorMenu } from "./operator-menu.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

const places = [
  { href: "/inbox", label: "Inbox", icon: <Inbox aria-hidden /> },
  { href: "/queue", label: "Queue", icon: <UsersRound aria-hidden /> },
  { href: "/analytics", label: "Analytics", icon: <ChartColumn aria-hidden /> },
  { href: "/settings", label: "Settings", icon: <Settings aria-hidden /> },
];

/** Where one can go: a rail at the side, a bar below on a phone. An open conversation has the phone to itself. */
export function NavRail({ operator, company }: { operator: ShellOperator; company: { name: string } }) {
  const path = usePathname();
  const inConversation = path.startsWith("/inbox/");
  return (
    <nav
      aria-label="Main"
      className={cn(
        "shrink-0 items-center border-line bg-canvas",
        "h-14 justify-around border-t px-2 pb-[env(safe-area-inset-bottom)]",
        "sm:h-auto sm:w-14 sm:flex-col sm:justify-start sm:gap-1 sm:border-t-0 sm:border-e sm:py-3",
        inConversation ? "hidden sm:flex" : "flex",
      )}
    >
      <BrandMark className="mb-3 hidden size-8 sm:block" />
      {places.map(({ href, label, icon }) => (
        <RailLink key={href} href={href} label={label} icon={icon} current={path.startsWith(href)} />
      ))}
      <AlertBell me={operator.id} />
      <span className="hidden flex-1 sm:block" />
      <ThemeToggle />
      <OperatorMenu operator={operator} company={company} />
    </nav>
  );
}

type RailLinkProps = { href: string; label: string; icon: ReactNode; current: boolean };

function RailLink({ href, label, icon, current }: RailLinkProps) {
  return (
    <Tooltip content={label} side="right">
      <Link
        href={href}
        aria-label={label}
        aria-current={current ? "page" : undefined}
        className={cn(
          "relative flex size-10 items-center justify-center rounded-lg transition-colors [&_svg]:size-5",
          current ? "bg-accent-soft text-accent-ink" : "text-ink-3 hover:bg-hover hover:text-ink",
        )}
      >
        {icon}
      </Link>
    </Tooltip>
  );
}
