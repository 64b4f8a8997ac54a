"use client";

import {
  Bell,
  BookOpen,
  Bot,
  Building2,
  Cable,
  CalendarClock,
  FlaskConical,
  History,
  KeyRound,
  MessageSquareQuote,
  PhoneOutgoing,
  Route,
  Siren,
  Timer,
  UserRound,
  Users,
  UsersRound,
  Zap,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useRef } from "react";
import { cn } from "#components/ui/cn.ts";
import { useInSight } from "#components/ui/use-in-sight.ts";

const places = [
  { href: "/settings/company", label: "Company", icon: Building2 },
  { href: "/settings/members", label: "Members", icon: Users },
  { href: "/settings/teams", label: "Teams", icon: UsersRound },
  { href: "/settings/hours", label: "Office hours", icon: CalendarClock },
  { href: "/settings/routing", label: "Routing", icon: Route },
  { href: "/settings/sla", label: "Service levels", icon: Timer },
  { href: "/settings/agent", label: "AI agent", icon: Bot },
  { href: "/settings/channels", label: "Channels", icon: Cable, needs: "connections:read" },
  { href: "/settings/calls", label: "Calls", icon: PhoneOutgoing },
  { href: "/settings/articles", label: "Articles", icon: BookOpen },
  { href: "/settings/test-cases", label: "Answer quality", icon: FlaskConical },
  { href: "/settings/rules", label: "Escalation", icon: Siren },
  { href: "/settings/canned", label: "Canned responses", icon: MessageSquareQuote },
  { href: "/settings/macros", label: "Macros", icon: Zap },
  { href: "/settings/api-keys", label: "API keys", icon: KeyRound, needs: "keys:write" },
  { href: "/settings/audit", label: "Audit log", icon: History, needs: "audit:read" },
  { href: "/settings/notifications", label: "Notifications", icon: Bell },
  { href: "/settings/account", label: "Your account", icon: UserRound },
];

/** The places of the settings: a column at the side, a row above on a phone. */
export function SettingsNav({ permissions }: { permissions: string[] }) {
  const path = usePathname();
  const row = useRef<HTMLUListElement>(null);
  useInSight(row, "[aria-current]", path);
  const shown = places.filter(({ needs }) => needs === undefined || permissions.includes(needs));
  return (
    <nav
      aria-label="Settings"
      className="shrink-0 border-line border-b bg-surface md:w-56 md:border-e md:border-b-0 md:px-3 md:py-6"
    >
      <p className="mb-2 hidden px-2.5 font-semibold text-ink text-lg tracking-tight md:block">Settings</p>
      <ul ref={row} className="flex gap-1 overflow-x-auto px-3 py-2 md:flex-col md:overflow-visible md:p-0">
        {shown.map(({ href, label, icon: Icon }) => {
          const current = path.startsWith(href);
          return (
            <li key={href} className="shrink-0">
              <Link
                href={href}
                aria-current={current ? "page" : undefined}
                className={cn(
                  "flex h-8 items-center gap-2 rounded-md px-2.5 font-medium text-sm transition-colors",
                  current ? "bg-accent-soft text-accent-ink" : "text-ink-2 hover:bg-hover hover:text-ink",
                )}
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
