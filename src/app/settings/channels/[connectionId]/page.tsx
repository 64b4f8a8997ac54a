import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { ConnectionAlarms } from "#components/settings/channels/connection-alarms.tsx";
import { ConnectionHeader } from "#components/settings/channels/connection-header.tsx";
import { ConnectionTabs, tabOf } from "#components/settings/channels/connection-tabs.tsx";
import { isAppError } from "#lib/errors";
import { can, currentOperator } from "#services/accounts";
import { getConnection } from "#services/connections";
import { ConnectionPart } from "./part.tsx";

export const metadata: Metadata = { title: "Channel" };

type Props = { params: Promise<{ connectionId: string }>; searchParams: Promise<{ tab?: string }> };

export default async function ConnectionPage({ params, searchParams }: Props) {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/channels");
  if (!can(who, "connections:read")) redirect("/settings");
  const { connectionId } = await params;
  const tab = tabOf((await searchParams).tab);
  const connection = await getConnection(who, connectionId).catch((error: unknown) => {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  });
  return (
    <>
      <ConnectionHeader connection={connection} mayEdit={can(who, "connections:write")} />
      <ConnectionAlarms connection={connection} />
      <ConnectionTabs connection={connection} current={tab} />
      <ConnectionPart who={who} connection={connection} tab={tab} />
    </>
  );
}
