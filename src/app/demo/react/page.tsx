import { ArrowLeft, MessagesSquare } from "lucide-react";
import type { Metadata } from "next";
import { BrandMark } from "#components/shell/brand.tsx";
import { ThemeToggle } from "#components/shell/theme-toggle.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { demoAgentId } from "#services/accounts";
import { OwnWindow } from "./own-window.tsx";

export const metadata: Metadata = { title: "Build your own chat with React" };
export const dynamic = "force-dynamic";

/** A chat made of one hook, beside the code that makes it. */
export default async function ReactDemoPage() {
  const agentId = await demoAgentId();
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-4 pb-12 sm:px-6">
      <header className="flex items-center justify-between gap-4 py-4">
        <a
          href="/demo"
          className="inline-flex items-center gap-1.5 rounded-sm text-ink-2 text-sm hover:text-ink"
        >
          <ArrowLeft className="size-4 rtl:rotate-180" aria-hidden />
          The demo shop
        </a>
        <ThemeToggle />
      </header>
      <main className="flex flex-col gap-8 pt-2 lg:pt-6">
        <div className="flex flex-col gap-3">
          <BrandMark className="size-9" />
          <h1 className="text-balance font-semibold text-ink text-2xl tracking-tight sm:text-[2rem] sm:leading-10">
            Your own window, one hook
          </h1>
          <p className="max-w-prose text-ink-2 text-lg">
            <code className="rounded-sm bg-sunken px-1 font-mono text-[0.92em] text-ink">
              useRealtimeChat
            </code>{" "}
            keeps the messages, streams the answer and comes back by itself when the line is cut. How it looks
            is yours.
          </p>
        </div>
        {agentId === undefined ? (
          <EmptyState icon={<MessagesSquare />} title="The demo shop is not here">
            This Baton runs without its demo company, so there is nobody to talk to on this page.
          </EmptyState>
        ) : (
          <OwnWindow agentId={agentId} />
        )}
      </main>
    </div>
  );
}
