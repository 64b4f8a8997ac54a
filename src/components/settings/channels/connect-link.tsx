"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { buttonVariants } from "#components/ui/button.tsx";

/** The way to the wizard. */
export function ConnectLink() {
  return (
    <Link href="/settings/channels/new" className={buttonVariants({ variant: "primary" })}>
      <Plus aria-hidden />
      Connect a channel
    </Link>
  );
}
