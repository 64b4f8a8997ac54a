import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Leads } from "#components/leads/leads.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { currentOperator, whoAmI } from "#services/accounts";

export const metadata: Metadata = { title: "Leads" };
export const dynamic = "force-dynamic";

export default async function LeadsPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/leads");
  const { operator, company } = await whoAmI(who);
  return (
    <AppShell operator={operator} company={company}>
      <Leads />
    </AppShell>
  );
}
