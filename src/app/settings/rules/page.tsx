import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { RulesForm } from "#components/settings/rules-form.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator } from "#services/accounts";
import { currentRules, defaultRules } from "#services/escalation";

export const metadata: Metadata = { title: "Escalation rules" };

export default async function RulesPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/rules");
  const current = await currentRules(who.companyId);
  return (
    <>
      <PageHeader
        title="Escalation rules"
        description="When the AI should not go on alone. Every decision is kept with its numbers, also when nothing fired."
      />
      <RulesForm
        key={current.version}
        current={current}
        defaults={defaultRules().rules}
        mayEdit={can(who, "rules:write")}
      />
    </>
  );
}
