import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { HoursList } from "#components/settings/hours/hours-list.tsx";
import { NewHoursLink } from "#components/settings/hours/new-hours-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator } from "#services/accounts";
import { listOfficeHours } from "#services/handover";

export const metadata: Metadata = { title: "Office hours" };

export default async function OfficeHoursPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/hours");
  const schedules = await listOfficeHours(who.companyId);
  const mayEdit = can(who, "desk:write");
  return (
    <>
      <PageHeader
        title="Office hours"
        description="When people are there. Outside of them customers are told when you are back, and clocks stand still."
        actions={mayEdit && schedules.length > 0 ? <NewHoursLink words="New office hours" /> : undefined}
      />
      <HoursList schedules={schedules} mayEdit={mayEdit} />
    </>
  );
}
