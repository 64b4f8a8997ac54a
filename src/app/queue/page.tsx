import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Queue } from "#components/queue/queue.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { can, currentOperator, whoAmI } from "#services/accounts";
import { listTeams } from "#services/handover";

export const metadata: Metadata = { title: "Queue" };
export const dynamic = "force-dynamic";

export default async function QueueRoute() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/queue");
  const [{ operator, company }, teams] = await Promise.all([whoAmI(who), listTeams(who.companyId)]);
  return (
    <AppShell operator={operator} company={company}>
      <Queue
        me={operator.id}
        teams={teams.map(({ id, name }) => ({ id, name }))}
        seesEstimates={can(who, "desk:write")}
      />
    </AppShell>
  );
}
