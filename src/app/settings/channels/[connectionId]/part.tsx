import type { ConnectionTab } from "#components/settings/channels/connection-tabs.tsx";
import { DeleteConnection } from "#components/settings/channels/delete-connection.tsx";
import { HealthPanel } from "#components/settings/channels/health-panel.tsx";
import { QuarantineList } from "#components/settings/channels/quarantine-list.tsx";
import { SettingsForm } from "#components/settings/channels/settings-form.tsx";
import { TestCard } from "#components/settings/channels/test-card.tsx";
import { UndeliveredList } from "#components/settings/channels/undelivered-list.tsx";
import { VoiceCard } from "#components/settings/channels/voice-card.tsx";
import { WebhookCard } from "#components/settings/channels/webhook-card.tsx";
import type { ConnectionView } from "#contracts/connections";
import { can, type OperatorWho } from "#services/accounts";
import { listUndelivered } from "#services/chat";
import { platformCards } from "#services/connections";
import { listQuarantine } from "#services/webhooks";

type Props = { who: OperatorWho; connection: ConnectionView; tab: ConnectionTab };

/** The part of a connection's page that is open; only that one is read. */
export async function ConnectionPart({ who, connection, tab }: Props) {
  const { id, name, channel } = connection;
  const mayEdit = can(who, "connections:write");
  const platform = platformCards().find((card) => card.name === channel);
  if (tab === "quarantine") {
    const page = await listQuarantine(who, id, { limit: 30 });
    return <QuarantineList key={id} connectionId={id} page={page} mayEdit={mayEdit} />;
  }
  if (tab === "undelivered") {
    const page = await listUndelivered(who, id, { limit: 30 });
    return (
      <UndeliveredList key={id} connectionId={id} page={page} mayRetry={can(who, "conversations:write")} />
    );
  }
  if (platform === undefined || tab === "health") return <HealthPanel connection={connection} />;
  if (tab === "settings") {
    return (
      <>
        <SettingsForm key={id} connection={connection} platform={platform} mayEdit={mayEdit} />
        {mayEdit ? <DeleteConnection connectionId={id} name={name} label={platform.label} /> : undefined}
      </>
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <WebhookCard connection={connection} platform={platform} mayEdit={mayEdit} />
      {channel === "sms" ? <VoiceCard origin={connection.webhookUrl} /> : undefined}
      {mayEdit ? <TestCard connectionId={id} platform={platform} /> : undefined}
    </div>
  );
}
