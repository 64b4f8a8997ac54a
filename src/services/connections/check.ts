import type { CheckReport } from "#contracts/channel";
import { withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { log } from "#lib/log";
import { must, type Who } from "#services/accounts";
import { type Channel, outsideOf } from "#services/channels";
import { noteError } from "./notes.ts";
import { findRow, type OpenConnection, openConnection } from "./open.ts";
import { webhookUrl } from "./view.ts";

/** Proves a connection's credentials with a real call to the platform, and keeps the account they belong to. */
export async function checkConnection(who: Who, connectionId: string): Promise<CheckReport> {
  must(who, "connections:write");
  const connection = await openConnection(who.companyId, connectionId);
  const report = await proveCredentials(connection);
  await keepReport(connection, report);
  return report;
}

/** What the platform says of a connection's credentials. */
export async function proveCredentials({ adapter, config }: OpenConnection): Promise<CheckReport> {
  return readable(adapter, () => adapter.check(config, outsideOf(adapter.name)));
}

/** Tells the platform where to deliver, where Baton can. Throws `invalid` where it cannot. */
export async function setupConnection(who: Who, connectionId: string): Promise<CheckReport> {
  must(who, "connections:write");
  const connection = await openConnection(who.companyId, connectionId);
  const { adapter, config } = connection;
  const { setup } = adapter;
  if (setup === undefined) {
    throw new AppError("invalid", `${adapter.label} is told where to deliver in its own console.`);
  }
  const place = { webhookUrl: webhookUrl(await findRow(who.companyId, connectionId)) };
  const report = await readable(adapter, () => setup(config, place, outsideOf(adapter.name)));
  await keepReport(connection, report);
  return report;
}

/** A platform's SDK may fall over an answer that it does not expect: that is the platform's failure, told as one. */
async function readable({ name, label }: Channel, ask: () => Promise<CheckReport>): Promise<CheckReport> {
  try {
    return await ask();
  } catch (error) {
    log.warn({ err: error, channel: name }, "A platform's answer could not be read");
    return { ok: false, lines: [{ ok: false, text: `${label} answered in a way that is not understood.` }] };
  }
}

async function keepReport(connection: OpenConnection, report: CheckReport): Promise<void> {
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
