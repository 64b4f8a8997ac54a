import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { Analytics } from "#components/analytics/analytics.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { currentOperator, whoAmI } from "#services/accounts";

export const metadata: Metadata = { title: "Analytics" };
export const dynamic = "force-dynamic";

export default async function AnalyticsRoute() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/analytics");
  const { operator, company } = await whoAmI(who);
  return (
    <AppShell operator={operator} company={company}>
      <Suspense>
        <Analytics />
      </Suspense>
    </AppShell>
  );
}
