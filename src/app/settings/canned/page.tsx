import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { CannedPage } from "#components/settings/canned/canned-page.tsx";
import { can, currentOperator } from "#services/accounts";
import { listCanned } from "#services/desk";
import { listTeams } from "#services/handover";

export const metadata: Metadata = { title: "Canned responses" };

export default async function CannedResponsesPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/canned");
  const [responses, teams] = await Promise.all([listCanned(who), listTeams(who.companyId)]);
  return (
    <CannedPage
      responses={responses}
      teams={teams.map(({ id, name }) => ({ id, name }))}
      mayEdit={can(who, "conversations:write")}
    />
  );
}
