import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { PasswordForm } from "#components/settings/password-form.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { currentOperator, hasPassword, whoAmI } from "#services/accounts";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/account");
  const [{ operator, company }, known] = await Promise.all([whoAmI(who), hasPassword(who)]);
  return (
    <>
      <PageHeader title="Your account" />
      <div className="mb-6 flex items-center gap-3">
        <Avatar name={operator.name} image={operator.image} size="lg" />
        <div className="min-w-0">
          <p className="truncate font-medium text-ink">{operator.name}</p>
          <p className="text-ink-3 text-sm [overflow-wrap:anywhere]">
            {operator.email} · {operator.role} of {company.name}
          </p>
        </div>
      </div>
      <PasswordForm email={operator.email} hasPassword={known} />
    </>
  );
}
