import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { AlertForm } from "#components/settings/notifications/alert-form.tsx";
import { Devices } from "#components/settings/notifications/devices.tsx";
import { ThisBrowser } from "#components/settings/notifications/this-browser.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { currentOperator } from "#services/accounts";
import { alertSettings, pushSituation } from "#services/notifications";

export const metadata: Metadata = { title: "Notifications" };

export default async function NotificationsPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/notifications");
  const [{ settings, mail }, { devices }] = await Promise.all([alertSettings(who), pushSituation(who)]);
  return (
    <>
      <PageHeader
        title="Notifications"
        description="How you hear of customers while you look elsewhere. Yours alone."
      />
      <div className="flex flex-col gap-6">
        <ThisBrowser />
        <AlertForm initial={settings} mail={mail} />
        <Devices devices={devices} />
      </div>
    </>
  );
}
