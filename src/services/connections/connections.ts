import type { z } from "zod";
import type { CheckReport } from "#contracts/channel";
import type {
  ConnectionCreated,
  ConnectionView,
  CreateConnectionBody,
  SaveConnectionBody,
} from "#contracts/connections";
import { read, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { newId, newToken } from "#lib/ids";
import { seal } from "#lib/sealed";
import type { ConnectionRow } from "#lib/sweeps";
import { audit, must, type Who } from "#services/accounts";
import { channelOf, outsideOf } from "#services/channels";
import { noteError } from "./notes.ts";
import { boundTo, findRow, openConnection, secretsOf } from "./open.ts";
import { checkedSettings, chosenSecrets } from "./settings.ts";
import { connectionViews, webhookUrl } from "./view.ts";

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

/** Changes a connection; a secret that is left out or empty stays as it is. Throws `not_found`, `invalid`. */
export async function saveConnection(
  who: Who,
  connectionId: string,
  body: z.output<typeof SaveConnectionBody>,
): Promise<ConnectionView> {
  must(who, "connections:write");
  const row = await findRow(who.companyId, connectionId);
  const split = body.settings && merged(row, body.settings);
  await withCompany(who.companyId, async (tx) => {
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
  await findRow(who.companyId, connectionId);
  await withCompany(who.companyId, async (tx) => {
    await tx.connection.delete({ where: { id: connectionId, companyId: who.companyId } });
    await audit(tx, who, "connection.removed", connectionId);
  });
}

/** Proves a connection's credentials with a real call to the platform, and keeps the account they belong to. */
export async function checkConnection(who: Who, connectionId: string): Promise<CheckReport> {
  must(who, "connections:write");
  const { adapter, config, ...connection } = await openConnection(who.companyId, connectionId);
  const report = await adapter.check(config, outsideOf());
  await keepReport(connection, report);
  return report;
}

/** Tells the platform where to deliver, where Baton can. Throws `invalid` where it cannot. */
export async function setupConnection(who: Who, connectionId: string): Promise<CheckReport> {
  must(who, "connections:write");
  const { adapter, config, ...connection } = await openConnection(who.companyId, connectionId);
  if (adapter.setup === undefined) {
    throw new AppError("invalid", `${adapter.label} is told where to deliver in its own console.`);
  }
  const address = webhookUrl(await findRow(who.companyId, connectionId));
  const report = await adapter.setup(config, { webhookUrl: address }, outsideOf());
  await keepReport(connection, report);
  return report;
}

async function keepReport(connection: { companyId: string; id: string }, report: CheckReport): Promise<void> {
  const { companyId, id } = connection;
  if (!report.ok) {
    const words = report.lines.find(({ ok }) => !ok)?.text ?? "The check failed.";
    await noteError(connection, words, new Date());
    return;
  }
  await withCompany(companyId, (tx) =>
    tx.connection.updateMany({
      where: { id, companyId },
      data: {
        lastError: null,
        lastErrorAt: null,
        ...(report.account !== undefined && { account: report.account }),
      },
    }),
  );
}

function merged(row: ConnectionRow, given: Record<string, string>) {
  const channel = channelOf(row.channel as ConnectionView["channel"]);
  const secrets = secretsOf(row);
  const kept = Object.fromEntries(
    Object.entries(secrets).filter(([name]) => (given[name] ?? "").trim() === ""),
  );
  return checkedSettings(channel, { ...row.settings, ...given, ...kept });
}

async function viewOf(who: Who, connectionId: string): Promise<ConnectionView> {
  const [view] = await connectionViews(who.companyId, [await findRow(who.companyId, connectionId)]);
  if (view === undefined) throw new AppError("not_found", "This connection does not exist.");
  return view;
}
