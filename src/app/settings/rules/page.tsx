import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { RulesStudio } from "#components/settings/rules/rules-studio.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator } from "#services/accounts";
import { listBacktests, ruleDraft, ruleHistory } from "#services/escalation";
import { listTeams } from "#services/handover";

export const metadata: Metadata = { title: "Escalation rules" };

export default async function RulesPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/rules");
  const [draft, history, { backtests }, teams] = await Promise.all([
    ruleDraft(who.companyId),
    ruleHistory(who.companyId, { limit: 20 }),
    listBacktests(who.companyId, { limit: 1 }),
    listTeams(who.companyId),
  ]);
  return (
    <>
      <PageHeader
        title="Escalation rules"
        description="When the AI should not go on alone. Every decision is kept with its numbers, also when nothing fired."
      />
      <RulesStudio
        draft={draft}
        teams={teams.map(({ id, name }) => ({ id, name }))}
        history={history}
        newestRun={backtests[0]?.id}
        mayEdit={can(who, "rules:write")}
      />
    </>
  );
}
