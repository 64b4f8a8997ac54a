"use client";

import { LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { turnPushOff } from "#components/alerts/push.ts";
import { Avatar, type PresenceStatus } from "#components/ui/avatar.tsx";
import {
  Menu,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
} from "#components/ui/menu.tsx";
import { toast } from "#components/ui/toaster.tsx";
import type { ShellOperator } from "./app-shell.tsx";
import { useLooking } from "./use-looking.ts";

type Props = { operator: ShellOperator; company: { name: string } };

/** Who is signed in, whether they are there for customers, and the way out. */
export function OperatorMenu({ operator, company }: Props) {
  const [status, setStatus] = useState<PresenceStatus>(operator.status === "away" ? "away" : "online");

  useLooking(setStatus);

  async function choose(next: string) {
    if (next !== "online" && next !== "away") return;
    const before = status;
    setStatus(next);
    const saved = await post("/api/agent/presence", { status: next });
    if (saved) return;
    setStatus(before);
    toast.error("Your status could not be saved. Try again in a moment.");
  }

  return (
    <Menu
      side="right"
      align="end"
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={`${operator.name}, ${status}. Your menu`}
          className="flex size-10 sm:mt-1 items-center justify-center rounded-full hover:bg-hover"
        >
          <Avatar name={operator.name} image={operator.image} size="md" status={status} />
        </button>
      }
    >
      <div className="flex items-center gap-2.5 px-2 py-2">
        <Avatar name={operator.name} image={operator.image} size="md" />
        <div className="min-w-0">
          <p className="truncate font-medium text-sm">{operator.name}</p>
          <p className="truncate text-ink-3 text-xs">{operator.email}</p>
        </div>
      </div>
      <p className="px-2 pb-1.5 text-ink-3 text-xs">
        {company.name} · {operator.role}
      </p>
      <MenuSeparator />
      <MenuLabel>You are</MenuLabel>
      <MenuRadioGroup value={status} onValueChange={choose}>
        <MenuRadioItem value="online">
          <span aria-hidden className="size-2 rounded-full bg-green" />
          Online
        </MenuRadioItem>
        <MenuRadioItem value="away">
          <span aria-hidden className="size-2 rounded-full border-2 border-amber" />
          Away
        </MenuRadioItem>
      </MenuRadioGroup>
      <MenuSeparator />
      <MenuItem render={<Link href="/settings/account" />}>
        <UserRound aria-hidden />
        Your account
      </MenuItem>
      <MenuItem onClick={signOut}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  );
}

async function signOut() {
  // Whoever signs in here next must not be told what is meant for somebody else.
  await turnPushOff();
  const left = await post("/api/auth/sign-out", {});
  if (left) window.location.assign("/sign-in");
  else toast.error("Signing out did not work. Try again in a moment.");
}

async function post(path: string, body: unknown) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }).catch(
    () => undefined,
  );
  return answer?.ok ?? false;
}
