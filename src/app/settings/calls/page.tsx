import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { CallPolicyForm } from "#components/settings/calls/call-policy-form.tsx";
import { StrayCalls } from "#components/settings/calls/stray-calls.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator } from "#services/accounts";
import { getCallPolicy, listStrayCalls } from "#services/telephony";

export const metadata: Metadata = { title: "Calls" };

export default async function CallsPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/calls");
  const [policy, strays] = await Promise.all([
    getCallPolicy(who),
    can(who, "connections:read") ? listStrayCalls(who, { limit: 30 }) : undefined,
  ]);
  return (
    <>
      <PageHeader
        title="Calls"
        description="When the assistant may call customers, and the calls that belong to none of them."
      />
      <CallPolicyForm policy={policy} mayEdit={can(who, "desk:write")} />
      {strays ? <StrayCalls page={strays} /> : undefined}
    </>
  );
}
