import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { AuditList } from "#components/settings/audit-list.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator, listAudit } from "#services/accounts";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/audit");
  if (!can(who, "audit:read")) redirect("/settings");
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Who changed what. Nothing here can be changed or taken away."
      />
      <AuditList page={await listAudit(who, { limit: 50 })} />
    </>
  );
}
