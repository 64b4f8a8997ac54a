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
          className="font-medium text-accent-ink text-sm underline-offset-4 hover:underline"
        >
          Go to the inbox
        </Link>
      }
    >
      The address may be mistyped, or what stood here was removed.
    </EmptyState>
  );
}
