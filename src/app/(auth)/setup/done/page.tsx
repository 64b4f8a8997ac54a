import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { LiveWidget } from "#components/auth/live-widget.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { CopyField } from "#components/ui/copy-field.tsx";
import { currentOperator, getCompany, listAgents } from "#services/accounts";

export const metadata: Metadata = { title: "Ready" };
export const dynamic = "force-dynamic";

export default async function SetupDonePage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in");
  const [company, [agent]] = await Promise.all([getCompany(who), listAgents(who)]);
  if (agent === undefined) redirect("/settings/agent");
  return (
    <AuthCard wide title={`${company.name} is ready`} description="Three steps, in any order.">
      <ol className="flex flex-col gap-6">
        <li>
          <h2 className="font-medium text-ink">1. Try the chat</h2>
          <p className="mt-0.5 text-ink-2 text-sm">
            It is live on this page: press the round button in the corner and write as a customer would.
          </p>
        </li>
        <li>
          <h2 className="font-medium text-ink">2. Put it on your site</h2>
          <p className="mt-0.5 mb-2 text-ink-2 text-sm">
            Paste this line before the end of each page, and{" "}
            <Link href="/settings/agent" className="text-accent-ink underline underline-offset-4">
              name the sites
            </Link>{" "}
            on which it may appear.
          </p>
          <CopyField label="embed snippet" value={agent.embed} multiline />
        </li>
        <li>
          <h2 className="font-medium text-ink">3. Teach it</h2>
          <p className="mt-0.5 text-ink-2 text-sm">
            {agent.name} answers from your help articles only.{" "}
            <Link href="/settings/articles" className="text-accent-ink underline underline-offset-4">
              Add the first ones
            </Link>
            , and{" "}
            <Link href="/settings/members" className="text-accent-ink underline underline-offset-4">
              invite colleagues
            </Link>
            .
          </p>
        </li>
      </ol>
      <Callout tone="info">What customers write appears in your inbox at once.</Callout>
      <Link
        href="/inbox"
        className="inline-flex h-10 items-center justify-center rounded-md bg-accent px-4 font-medium text-on-accent hover:bg-accent-strong"
      >
        Open the inbox
      </Link>
      <LiveWidget agentId={agent.id} color={agent.color} />
    </AuthCard>
  );
}
