import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { Leads } from "#components/leads/leads.tsx";
import { CallPolicyForm } from "#components/settings/calls/call-policy-form.tsx";
import { StrayCalls, type StrayPage } from "#components/settings/calls/stray-calls.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { Telephony } from "#components/telephony/telephony.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { ThemeProvider } from "#components/ui/theme-provider.tsx";
import { Toaster } from "#components/ui/toaster.tsx";
import { CallPolicy } from "#contracts/telephony";

const company = { name: "Nordlicht Outdoor" };
const operator = {
  id: "op-maya",
  name: "Maya Lindqvist",
  email: "maya@nordlicht.example",
  role: "owner",
  status: "online",
} as const;

/** What the server would render under /settings/calls. */
function Calls() {
  const [data, setData] = useState<{ policy: CallPolicy; strays: StrayPage }>();
  useEffect(() => {
    const get = async (path: string): Promise<unknown> => (await fetch(`/api/admin/${path}`)).json();
    void Promise.all([get("call-policy"), get("stray-calls")]).then(([policy, strays]) =>
      setData({ policy: CallPolicy.parse(policy), strays: strays as StrayPage }),
    );
  }, []);
  if (data === undefined) return undefined;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto w-full max-w-3xl px-4 py-6 sm:px-8 sm:py-8">
        <PageHeader title="Calls" />
        <CallPolicyForm policy={data.policy} mayEdit />
        <StrayCalls page={data.strays} />
      </div>
    </div>
  );
}

function Page({ path }: { path: string }) {
  if (path === "/settings/calls") return <Calls />;
  if (path === "/leads") return <Leads />;
  return <Telephony line={undefined} demo={path !== "/elsewhere"} mayConnect />;
}

createRoot(document.body.appendChild(document.createElement("div"))).render(
  <ThemeProvider>
    <AppShell operator={operator} company={company}>
      <Page path={location.pathname} />
    </AppShell>
    <Toaster />
  </ThemeProvider>,
);
