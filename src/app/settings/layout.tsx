import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { SettingsNav } from "#components/settings/settings-nav.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { currentOperator, whoAmI } from "#services/accounts";

export const dynamic = "force-dynamic";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings");
  const { operator, company, permissions } = await whoAmI(who);
  return (
    <AppShell operator={operator} company={company}>
      <div className="flex h-full flex-col md:flex-row">
        <SettingsNav permissions={permissions} />
        <section
          aria-label="Settings page"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: who reads with the keyboard must be able to scroll it.
          tabIndex={0}
          className="min-h-0 min-w-0 flex-1 overflow-y-auto outline-none"
        >
          <div className="mx-auto w-full max-w-3xl px-4 py-6 sm:px-8 sm:py-8">{children}</div>
        </section>
      </div>
    </AppShell>
  );
}
