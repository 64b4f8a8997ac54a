import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { PolicyList } from "#components/settings/sla/policy-list.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator } from "#services/accounts";
import { listOfficeHours, listPolicies, listTeams } from "#services/handover";

export const metadata: Metadata = { title: "Service levels" };

export default async function ServiceLevelsPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/sla");
  const [policies, schedules, teams] = await Promise.all([
    listPolicies(who.companyId),
    listOfficeHours(who.companyId),
    listTeams(who.companyId),
  ]);
  return (
    <>
      <PageHeader
        title="Service levels"
        description="How soon customers are answered once a person is asked for."
      />
      <PolicyList
        policies={policies}
        schedules={schedules}
        teams={teams.map(({ id, name }) => ({ id, name }))}
        mayEdit={can(who, "desk:write")}
      />
    </>
  );
}
