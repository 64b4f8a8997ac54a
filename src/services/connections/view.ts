import type { ConnectionView, PlatformCard } from "#contracts/connections";
import { read } from "#lib/db";
import { env } from "#lib/env";
import type { ConnectionRow } from "#lib/sweeps";
import { allChannels, type Channel, channelOf, configFields } from "#services/channels";
import { healthOf } from "./health.ts";
import { readableSecrets } from "./open.ts";

/** The platforms that can be connected, with their forms. */
export function platformCards(): PlatformCard[] {
  return allChannels.map(cardOf);
}

/** The address that a platform is given for a connection. */
export function webhookUrl(
  row: Pick<ConnectionRow, "company_id" | "agent_id" | "channel" | "webhook_id">,
): string {
  return `${env.PUBLIC_BASE_URL}/api/webhooks/${row.company_id}/${row.agent_id}/${row.channel}/${row.webhook_id}`;
}

/** Connections as the settings page shows them: without a secret, but for its last characters. */
export async function connectionViews(companyId: string, rows: ConnectionRow[]): Promise<ConnectionView[]> {
  const [health, agents] = await Promise.all([
    healthOf(
      companyId,
      rows.map(({ id }) => id),
    ),
    read<{ id: string; name: string }>(companyId, "SELECT id, name FROM agent WHERE company_id = $1", [
      companyId,
    ]),
  ]);
  return rows.flatMap((row) => {
    const known = health.get(row.id);
    if (known === undefined) return [];
    const channel = channelOf(row.channel as ConnectionView["channel"]);
    const secrets = readableSecrets(row);
    return {
      id: row.id,
      name: row.name,
      channel: channel.name,
      agent: { id: row.agent_id, name: agents.find(({ id }) => id === row.agent_id)?.name ?? "" },
      state: secrets === undefined ? "locked" : (row.state as ConnectionView["state"]),
      account: row.account ?? undefined,
      webhookUrl: webhookUrl(row),
      settings: row.settings,
      secrets: endings(channel, secrets ?? {}),
      createdAt: row.created_at.toISOString(),
      health: known,
    };
  });
}

function endings(channel: Channel, secrets: Record<string, string>): ConnectionView["secrets"] {
  const names = configFields(channel.config).flatMap(({ name, secret }) => (secret ? [name] : []));
  return Object.fromEntries(
    names.map((name) => {
      const value = secrets[name];
      // Of a short secret four characters would be too much of it.
      const ending = value !== undefined && value.length >= 16 ? value.slice(-4) : undefined;
      return [name, { set: value !== undefined, ending }];
    }),
  );
}

function cardOf(channel: Channel): PlatformCard {
  const { can } = channel;
  return {
    name: channel.name,
    label: channel.label,
    fields: configFields(channel.config),
    can: {
      media: [...can.media.kinds],
      buttons: can.buttons !== undefined,
      typing: can.typing,
      read: can.read,
      template: can.template,
      replyWindowHours: can.replyWindow?.hours,
      humanWindowHours: can.replyWindow?.humanHours,
      maxLength: can.maxLength,
      receipts: [...can.receipts],
      setup: channel.setup !== undefined,
      sample: channel.sample !== undefined,
    },
  };
}
