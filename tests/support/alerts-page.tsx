import { createRoot } from "react-dom/client";
import { AlertForm } from "#components/settings/notifications/alert-form.tsx";
import { Devices } from "#components/settings/notifications/devices.tsx";
import { ThisBrowser } from "#components/settings/notifications/this-browser.tsx";
import { SettingsNav } from "#components/settings/settings-nav.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { ThemeProvider } from "#components/ui/theme-provider.tsx";
import { Toaster } from "#components/ui/toaster.tsx";
import { AlertSettingsView, PushSituation } from "#contracts/notifications";

const me = { id: "op-maya", name: "Maya Lindqvist" };
const operator = { ...me, email: "maya@northwind.example", role: "owner", status: "online" } as const;
const api = "/api/agent/notifications";
const [view, situation] = await Promise.all([
  fetch(`${api}/preferences`).then(async (answer) => AlertSettingsView.parse(await answer.json())),
  fetch(`${api}/push`).then(async (answer) => PushSituation.parse(await answer.json())),
]);

createRoot(document.body.appendChild(document.createElement("div"))).render(
  <ThemeProvider>
    <AppShell operator={operator} company={{ name: "Northwind Outdoor" }}>
      <div className="flex h-full flex-col md:flex-row">
        <SettingsNav permissions={[]} />
        <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">
          <div className="mx-auto w-full max-w-3xl px-4 py-6 sm:px-8 sm:py-8">
            <PageHeader
              title="Notifications"
              description="How you hear of customers while you look elsewhere. Yours alone."
            />
            <div className="flex flex-col gap-6">
              <ThisBrowser />
              <AlertForm initial={view.settings} mail={view.mail} />
              <Devices devices={situation.devices} />
            </div>
          </div>
        </div>
      </div>
    </AppShell>
    <Toaster />
  </ThemeProvider>,
);
