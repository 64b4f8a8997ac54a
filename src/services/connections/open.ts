import type { PlatformName } from "#contracts/channel";
import { read } from "#lib/db";
import { AppError, isAppError } from "#lib/errors";
import { groupCommit } from "#lib/group-commit";
import { once } from "#lib/registry";
import { unseal } from "#lib/sealed";
import { type ConnectionRow, type ReceivingConnection, sweepConnections, sweepPhoneLines } from "#lib/sweeps";
import { type Channel, channelOf } from "#services/channels";

/** A connection with its adapter, and its settings and secrets in the clear: never to be logged or answered. */
export type OpenConnection = {
  id: string;
  companyId: string;
  agentId: string;
  channel: PlatformName;
  name: string;
  state: "active" | "paused" | "revoked";
  webhookId: string;
  createdBy: string | undefined;
  adapter: Channel;
  config: Record<string, unknown>;
};

/**
 * Opens the connection that a webhook's address names, those asked for at once in one round trip; undefined for an unknown
 * one. Throws `unavailable` where its secrets cannot be opened.
 */
export async function connectionByWebhook(webhookId: string): Promise<OpenConnection | undefined> {
  const row = await once("connections.asked", () => groupCommit(byWebhooks, { lanes: 1, most: 64 }))(
    webhookId,
  );
  // Opened by who asks: one that cannot be must not fail for all that are asked for at once.
  return row && opened(row);
}

async function byWebhooks(webhookIds: string[]): Promise<(ReceivingConnection | undefined)[]> {
  const rows = await sweepConnections([...new Set(webhookIds)]);
  const found = new Map(rows.map((row) => [row.webhook_id, row]));
  return webhookIds.map((id) => found.get(id));
}

/** Opens the connections of all companies whose phone number, messaging service or voice agent is one of these. */
export async function phoneLines(names: string[]): Promise<OpenConnection[]> {
  if (names.length === 0) return [];
  const rows = await sweepPhoneLines(names);
  // One company's secrets that cannot be opened must not close the line of another.
  return rows.flatMap((row) => (readableSecrets(row) === undefined ? [] : opened(row)));
}

/** Opens a connection of a company. Throws `not_found`. */
export async function openConnection(companyId: string, connectionId: string): Promise<OpenConnection> {
  return opened(await findRow(companyId, connectionId));
}

/** Makes sure that a company has a connection, whether or not its secrets can be opened. Throws `not_found`. */
export async function needConnection(companyId: string, connectionId: string): Promise<void> {
  await findRow(companyId, connectionId);
}

/** A connection's row as it is stored. Throws `not_found`. */
export async function findRow(companyId: string, connectionId: string): Promise<ConnectionRow> {
  const [row] = await read<ConnectionRow>(
    companyId,
    "SELECT * FROM connection WHERE company_id = $1 AND id = $2",
    [companyId, connectionId],
  );
  if (row === undefined) throw noConnection();
  return row;
}

/** The refusal of a connection that the company does not have. */
export function noConnection(): AppError {
  return new AppError("not_found", "This connection does not exist.");
}

/** What a connection's secrets are bound to: sealed for one, they open for no other. */
export function boundTo(companyId: string, connectionId: string): string {
  return `${companyId}/connection/${connectionId}`;
}

/** The secrets of a stored connection. */
export function secretsOf(row: Pick<ConnectionRow, "id" | "company_id" | "sealed">): Record<string, string> {
  return JSON.parse(unseal(row.sealed, boundTo(row.company_id, row.id))) as Record<string, string>;
}

/** The secrets of a stored connection; undefined where they open with no key of this installation. */
export function readableSecrets(row: Parameters<typeof secretsOf>[0]): Record<string, string> | undefined {
  try {
    return secretsOf(row);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

function opened(row: ReceivingConnection): OpenConnection {
  const adapter = channelOf(row.channel as PlatformName);
  return {
    id: row.id,
    companyId: row.company_id,
    agentId: row.agent_id,
    channel: adapter.name,
    name: row.name,
    state: row.state as OpenConnection["state"],
    webhookId: row.webhook_id,
    createdBy: row.created_by ?? undefined,
    adapter,
    config: configOf(adapter, row),
  };
}

const mostKept = 500;

/** Opening a seal and reading a schema costs more than a delivery may; what was opened serves until it is changed. */
function configOf(adapter: Channel, row: ReceivingConnection): Record<string, unknown> {
  const kept = once("connections.configs", () => new Map<string, Record<string, unknown>>());
  const key = `${row.id} ${row.sealed} ${JSON.stringify(row.settings)}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const config = adapter.config.parse({ ...row.settings, ...secretsOf(row) });
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, config);
  return config;
}
