"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { buttonVariants } from "#components/ui/button.tsx";

/** Leads to where hours are made. */
export function NewHoursLink({ words }: { words: string }) {
  return (
    <Link href="/settings/hours/new" className={buttonVariants({ variant: "primary" })}>
      <Plus aria-hidden />
      {words}
    </Link>
  );
}
