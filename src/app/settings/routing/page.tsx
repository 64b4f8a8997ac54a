import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { RoutingForm } from "#components/settings/routing/routing-form.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator, listOperators } from "#services/accounts";
import { getRouting, listTeams } from "#services/handover";

export const metadata: Metadata = { title: "Routing" };

export default async function RoutingPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/routing");
  const [routing, operators, teams] = await Promise.all([
    getRouting(who.companyId),
    listOperators(who.companyId),
    listTeams(who.companyId),
  ]);
  return (
    <>
      <PageHeader
        title="Routing"
        description="Who gets a conversation once a person is asked for. Saving begins every chain under way anew; nobody loses a conversation they hold."
      />
      <RoutingForm
        routing={routing}
        operators={operators.map(({ id, name }) => ({ id, name }))}
        teams={teams.map(({ id, name }) => ({ id, name }))}
        mayEdit={can(who, "desk:write")}
      />
    </>
  );
}
