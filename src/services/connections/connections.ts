import type { z } from "zod";
import type {
  ConnectionCreated,
  ConnectionView,
  CreateConnectionBody,
  SaveConnectionBody,
} from "#contracts/connections";
import { read, type Tx, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId, newToken } from "#lib/ids";
import { seal } from "#lib/sealed";
import type { ConnectionRow } from "#lib/sweeps";
import { audit, must, type Who } from "#services/accounts";
import { channelOf, configFields } from "#services/channels";
import { boundTo, findRow, noConnection, readableSecrets, secretsOf } from "./open.ts";
import { checkedSettings, chosenSecrets } from "./settings.ts";
import { connectionViews } from "./view.ts";

const most = 200;

/** The company's connections, oldest first. */
export async function listConnections(who: Who): Promise<ConnectionView[]> {
  must(who, "connections:read");
  const rows = await read<ConnectionRow>(
    who.companyId,
    "SELECT * FROM connection WHERE company_id = $1 ORDER BY created_at, id LIMIT $2",
    [who.companyId, most],
  );
  return connectionViews(who.companyId, rows);
}

/** One connection. Throws `not_found`. */
export async function getConnection(who: Who, connectionId: string): Promise<ConnectionView> {
  must(who, "connections:read");
  return viewOf(who, connectionId);
}

/** Connects a platform; secrets that are ours to choose and were left out are chosen and shown this once. */
export async function createConnection(
  who: Who,
  body: z.output<typeof CreateConnectionBody>,
): Promise<z.infer<typeof ConnectionCreated>> {
  must(who, "connections:write");
  const channel = channelOf(body.channel);
  const chosen = chosenSecrets(channel, body.settings);
  const { settings, secrets } = checkedSettings(channel, { ...body.settings, ...chosen });
  const id = newId();
  await withCompany(who.companyId, async (tx) => {
    const count = await tx.connection.count({ where: { companyId: who.companyId } });
    if (count >= most) throw new AppError("conflict", `A company can have ${most} connections at most.`);
    const agent = await tx.agent.findFirst({ where: { id: body.agentId, companyId: who.companyId } });
    if (agent === null) throw new AppError("not_found", "This agent does not exist.");
    await tx.connection.create({
      data: {
        id,
        companyId: who.companyId,
        agentId: agent.id,
        channel: body.channel,
        name: body.name,
        webhookId: newToken(),
        settings,
        sealed: seal(JSON.stringify(secrets), boundTo(who.companyId, id)),
        createdBy: who.kind === "operator" ? who.userId : null,
      },
    });
    await audit(tx, who, "connection.created", id, { channel: body.channel, name: body.name });
  });
  return { connection: await viewOf(who, id), chosen };
}

/**
 * Changes a connection. A secret that is left out stays as it is, and so does one that is empty, but for a secret that the
 * platform can do without: that one goes. Throws `not_found`, `invalid`.
 */
export async function saveConnection(
  who: Who,
  connectionId: string,
  body: z.output<typeof SaveConnectionBody>,
): Promise<ConnectionView> {
  must(who, "connections:write");
  await withCompany(who.companyId, async (tx) => {
    // Locked: of two who save at once, neither takes back what the other entered.
    const row = await lockRow(tx, who.companyId, connectionId);
    const split = body.settings && merged(row, body.settings);
    await tx.connection.update({
      where: { id: connectionId, companyId: who.companyId },
      data: {
        ...(body.name !== undefined && { name: body.name }),
        // New credentials deserve a new try.
        ...(split !== undefined && row.state === "revoked" && { state: "active" }),
        ...(body.state !== undefined && { state: body.state }),
        ...(split !== undefined && {
          settings: split.settings,
          sealed: seal(JSON.stringify(split.secrets), boundTo(who.companyId, connectionId)),
        }),
        updatedAt: new Date(),
      },
    });
    await audit(tx, who, "connection.saved", connectionId, { fields: Object.keys(body) });
  });
  return viewOf(who, connectionId);
}

/** Removes a connection with all that came over it but the conversations. */
export async function removeConnection(who: Who, connectionId: string): Promise<void> {
  must(who, "connections:write");
  await withCompany(who.companyId, async (tx) => {
    await lockRow(tx, who.companyId, connectionId);
    await tx.connection.delete({ where: { id: connectionId, companyId: who.companyId } });
    await audit(tx, who, "connection.removed", connectionId);
  });
}

function merged(row: ConnectionRow, given: Record<string, string>) {
  const channel = channelOf(row.channel as ConnectionView["channel"]);
  const needed = new Set(
    configFields(channel.config).flatMap(({ name, required }) => (required ? name : [])),
  );
  const stays = (name: string) =>
    given[name] === undefined || (needed.has(name) && given[name].trim() === "");
  const secrets = configFields(channel.config).filter(({ secret }) => secret);
  const isWhole = secrets.every(({ name, required }) => !required || !stays(name));
  // What cannot be opened any more need not be, where all of it is entered anew.
  const stored = isWhole ? (readableSecrets(row) ?? {}) : secretsOf(row);
  const kept = Object.fromEntries(Object.entries(stored).filter(([name]) => stays(name)));
  return checkedSettings(channel, { ...row.settings, ...given, ...kept });
}

async function lockRow(tx: Tx, companyId: string, connectionId: string): Promise<ConnectionRow> {
  const [row] = await tx.$queryRaw<ConnectionRow[]>`
    SELECT * FROM connection WHERE company_id = ${companyId}::uuid AND id = ${connectionId}::uuid FOR UPDATE`;
  if (row === undefined) throw noConnection();
  return row;
}

async function viewOf(who: Who, connectionId: string): Promise<ConnectionView> {
  const [view] = await connectionViews(who.companyId, [await findRow(who.companyId, connectionId)]);
  if (view === undefined) throw noConnection();
  return view;
}
