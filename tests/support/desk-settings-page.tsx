import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { Queue } from "#components/queue/queue.tsx";
import { HoursForm } from "#components/settings/hours/hours-form.tsx";
import { HoursList } from "#components/settings/hours/hours-list.tsx";
import { RoutingForm } from "#components/settings/routing/routing-form.tsx";
import { PolicyList } from "#components/settings/sla/policy-list.tsx";
import { PeopleCard } from "#components/settings/teams/people-card.tsx";
import { TeamList } from "#components/settings/teams/team-list.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { ThemeProvider } from "#components/ui/theme-provider.tsx";
import { Toaster } from "#components/ui/toaster.tsx";
import { OperatorDeskList, RoutingView, SlaPolicyList, TeamList as Teams } from "#contracts/desk";
import { OfficeHoursList } from "#contracts/office-hours";

const operator = {
  id: "op-maya",
  name: "Maya Lindqvist",
  email: "maya@northwind.example",
  role: "owner",
  status: "online",
} as const;

async function read() {
  const get = async (path: string): Promise<unknown> => (await fetch(`/api/admin/${path}`)).json();
  return {
    ...Teams.parse(await get("teams")),
    ...OperatorDeskList.parse(await get("operators")),
    ...OfficeHoursList.parse(await get("office-hours")),
    ...SlaPolicyList.parse(await get("sla-policies")),
    routing: RoutingView.parse(await get("routing")),
  };
}
type Data = Awaited<ReturnType<typeof read>>;

/** What the server would render, read again where the page asks for it. */
function Page() {
  const [data, setData] = useState<Data>();
  useEffect(() => {
    const load = () => void read().then(setData);
    load();
    addEventListener("refresh", load);
    return () => removeEventListener("refresh", load);
  }, []);
  if (data === undefined) return undefined;
  if (location.pathname === "/queue") return <Queue me={operator.id} teams={data.teams} seesEstimates />;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-6 px-4 py-6 sm:px-8 sm:py-8">
        <PageHeader title="Settings of the desk" />
        <Place data={data} />
      </div>
    </div>
  );
}

function Place({ data: { teams, operators, schedules, policies, routing } }: { data: Data }) {
  const [, , page, id] = location.pathname.split("/");
  if (page === "hours" && id !== undefined) {
    const hours = schedules.find((each) => each.id === id);
    return <HoursForm hours={hours} first={schedules.length === 0} mayEdit />;
  }
  if (page === "hours") return <HoursList schedules={schedules} mayEdit />;
  if (page === "sla") return <PolicyList policies={policies} schedules={schedules} teams={teams} mayEdit />;
  if (page === "routing") {
    return <RoutingForm routing={routing} operators={operators} teams={teams} mayEdit />;
  }
  return (
    <>
      <TeamList teams={teams} operators={operators} hours={schedules} mayEdit />
      <PeopleCard operators={operators} teams={teams} mayEdit />
    </>
  );
}

createRoot(document.body.appendChild(document.createElement("div"))).render(
  <ThemeProvider>
    <AppShell operator={operator} company={{ name: "Northwind Outdoor" }}>
      <Page />
    </AppShell>
    <Toaster />
  </ThemeProvider>,
);
