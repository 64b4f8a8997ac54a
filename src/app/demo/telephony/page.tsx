import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { AppShell } from "#components/shell/app-shell.tsx";
import { Telephony } from "#components/telephony/telephony.tsx";
import { can, currentOperator, getCompany, whoAmI } from "#services/accounts";
import { practiceLine } from "#services/telephony";

export const metadata: Metadata = { title: "Practice phone" };
export const dynamic = "force-dynamic";

export default async function PracticePhonePage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/demo/telephony");
  const [{ operator, company }, { demo }, line] = await Promise.all([
    whoAmI(who),
    getCompany(who),
    practiceLine(who),
  ]);
  return (
    <AppShell operator={operator} company={company}>
      <Telephony line={line} demo={demo} mayConnect={can(who, "connections:write")} />
    </AppShell>
  );
}
