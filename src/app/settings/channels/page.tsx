import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { ConnectLink } from "#components/settings/channels/connect-link.tsx";
import { ConnectionList } from "#components/settings/channels/connection-list.tsx";
import { NoConnections } from "#components/settings/channels/no-connections.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can, currentOperator } from "#services/accounts";
import { listConnections } from "#services/connections";

export const metadata: Metadata = { title: "Channels" };

export default async function ChannelsPage() {
  const who = await currentOperator(await headers());
  if (who === undefined) redirect("/sign-in?next=/settings/channels");
  if (!can(who, "connections:read")) redirect("/settings");
  const mayEdit = can(who, "connections:write");
  const connections = await listConnections(who);
  const some = connections.length > 0;
  return (
    <>
      <PageHeader
        title="Channels"
        description="Where customers write to you, besides the web chat."
        actions={some && mayEdit ? <ConnectLink /> : undefined}
      />
      {some ? <ConnectionList connections={connections} /> : <NoConnections mayEdit={mayEdit} />}
    </>
  );
}
