import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { CompanyForm } from "#components/settings/company-form.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator, getCompany } from "#services/accounts";

export const metadata: Metadata = { title: "Company" };

export default async function CompanyPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/company");
  return (
    <>
      <PageHeader title="Company" description="How customers know you." />
      <CompanyForm company={await getCompany(who)} mayEdit={can(who, "company:write")} />
    </>
  );
}
