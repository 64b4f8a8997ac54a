import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { HoursForm } from "#components/settings/hours/hours-form.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator } from "#services/accounts";
import { listOfficeHours } from "#services/handover";

export const metadata: Metadata = { title: "Office hours" };

type Props = { params: Promise<{ scheduleId: string }> };

/** One set of hours, or under the name `new` those that are still to be made. */
export default async function HoursPage({ params }: Props) {
  const { scheduleId } = await params;
  const who = await currentOperator(await headers());
  if (who === undefined) redirect(`/sign-in?next=/settings/hours/${scheduleId}`);
  const schedules = await listOfficeHours(who.companyId);
  const mayEdit = can(who, "desk:write");
  const hours = schedules.find(({ id }) => id === scheduleId);
  if (hours === undefined && (scheduleId !== "new" || !mayEdit)) notFound();
  return (
    <>
      <Link
        href="/settings/hours"
        className="mb-3 inline-flex items-center gap-1.5 rounded-sm text-ink-3 text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
        All office hours
      </Link>
      <PageHeader title={hours?.name ?? "New office hours"} />
      <HoursForm key={scheduleId} hours={hours} first={schedules.length === 0} mayEdit={mayEdit} />
    </>
  );
}
