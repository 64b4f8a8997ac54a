import { Bot } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { AgentForm } from "#components/settings/agent-form.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator, listAgents } from "#services/accounts";

export const metadata: Metadata = { title: "AI agent" };

export default async function AgentPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/agent");
  const [agent] = await listAgents(who);
  return (
    <>
      <PageHeader
        title="AI agent"
        description="It answers first, from your articles, and hands over to a person when it should not go on alone."
        actions={
          <Link
            href="/setup/done"
            target="_blank"
            className="inline-flex h-8 items-center rounded-md border border-line-strong/80 bg-raised px-3 font-medium text-ink text-sm shadow-xs hover:bg-hover"
          >
            Try it live
          </Link>
        }
      />
      {agent === undefined ? (
        <Card>
          <EmptyState icon={<Bot />} title="There is no agent yet">
            Make one with POST /api/admin/agents.
          </EmptyState>
        </Card>
      ) : (
        <AgentForm key={agent.version} agent={agent} mayEdit={can(who, "agents:write")} />
      )}
    </>
  );
}
