import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ApiKeys } from "#components/settings/api-keys.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator, listApiKeys } from "#services/accounts";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/api-keys");
  if (!can(who, "keys:write")) redirect("/settings");
  return (
    <>
      <PageHeader
        title="API keys"
        description={
          <>
            For programs: <code>Authorization: Bearer baton_…</code>. What they can do stands in the{" "}
            <Link href="/api/docs" prefetch={false} className="text-accent-ink underline underline-offset-4">
              API description
            </Link>
            .
          </>
        }
      />
      <ApiKeys keys={await listApiKeys(who)} />
    </>
  );
}
