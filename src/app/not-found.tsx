import { Compass } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "#components/ui/empty-state.tsx";

export default function NotFound() {
  return (
    <EmptyState
      className="min-h-dvh"
      icon={<Compass />}
      title="There is no such page"
      action={
        <Link
          href="/inbox"
          className="inline-flex h-8 items-center justify-center rounded-md bg-accent px-3 font-medium text-on-accent text-sm hover:bg-accent-strong"
        >
          Go to the inbox
        </Link>
      }
    >
      The address may be mistyped, or what stood here was removed.
    </EmptyState>
  );
}
