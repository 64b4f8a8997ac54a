import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { type ReactNode, Suspense } from "react";
import { Inbox } from "#components/inbox/inbox.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { currentOperator, whoAmI } from "#services/accounts";

export const metadata: Metadata = { title: "Inbox" };

/** The inbox stands here, above its pages, so that it stays alive while its addresses change. */
export default async function InboxLayout({ children }: { children: ReactNode }) {
  const who = await currentOperator(await headers());
  if (!who) redirect("/sign-in");

  const { operator, company } = await whoAmI(who);
  const { id, name, image } = operator;
  return (
    <AppShell operator={operator} company={company}>
      <Suspense>
        <Inbox me={{ id, name, image }} company={{ name: company.name }} />
      </Suspense>
      {children}
    </AppShell>
  );
}
