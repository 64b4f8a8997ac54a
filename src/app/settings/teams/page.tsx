import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { PeopleCard } from "#components/settings/teams/people-card.tsx";
import { TeamList } from "#components/settings/teams/team-list.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator } from "#services/accounts";
import { listDeskOperators, listOfficeHours, listTeams } from "#services/handover";

export const metadata: Metadata = { title: "Teams" };

export default async function TeamsPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/teams");
  const [teams, operators, schedules] = await Promise.all([
    listTeams(who.companyId),
    listDeskOperators(who.companyId),
    listOfficeHours(who.companyId),
  ]);
  const hours = schedules.map(({ id, name, isDefault }) => ({ id, name, isDefault }));
  const mayEdit = can(who, "desk:write");
  return (
    <>
      <PageHeader title="Teams" description="Who is asked for what, and how much each takes at once." />
      <div className="flex flex-col gap-6">
        <TeamList teams={teams} operators={operators} hours={hours} mayEdit={mayEdit} />
        <PeopleCard operators={operators} teams={teams} mayEdit={mayEdit} />
      </div>
    </>
  );
}
