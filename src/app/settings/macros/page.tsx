import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { MacrosPage } from "#components/settings/canned/macros-page.tsx";
import { can, currentOperator, listOperators } from "#services/accounts";
import { listMacros } from "#services/desk";
import { listTeams } from "#services/handover";

export const metadata: Metadata = { title: "Macros" };

export default async function MacrosSettingsPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/macros");
  const [macros, operators, teams] = await Promise.all([
    listMacros(who),
    listOperators(who.companyId),
    listTeams(who.companyId),
  ]);
  return (
    <MacrosPage
      macros={macros}
      operators={operators.map(({ id, name }) => ({ id, name }))}
      teams={teams.map(({ id, name }) => ({ id, name }))}
      mayEdit={can(who, "conversations:write")}
    />
  );
}
