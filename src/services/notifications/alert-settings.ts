import {
  type AlertKind,
  AlertSettings,
  type AlertSettingsView,
  alertDefaults,
} from "#contracts/notifications";
import { read, withCompany } from "#lib/db";
import { AppError } from "#lib/errors";
import { mailIsOn } from "#lib/mail";
import type { OperatorWho } from "#services/accounts";

/** How an operator wants to be told, and whether letters can be sent at all. */
export async function alertSettings({ companyId, userId }: OperatorWho): Promise<AlertSettingsView> {
  const settings = await settingsOf(companyId, [userId]);
  const [person] = await read<{ email: string }>(
    companyId,
    'SELECT u.email FROM member m JOIN "user" u ON u.id = m.user_id WHERE m.company_id = $1 AND m.user_id = $2',
    [companyId, userId],
  );
  if (person === undefined)
    throw new AppError("unauthenticated", "You are no longer a member of this company.");
  return {
    settings: settings.get(userId) ?? alertDefaults,
    mail: { on: mailIsOn(), address: person.email },
  };
}

/** Keeps how an operator wants to be told. */
export async function saveAlertSettings(
  who: OperatorWho,
  settings: AlertSettings,
  now = new Date(),
): Promise<AlertSettingsView> {
  const { companyId, userId } = who;
  await withCompany(companyId, (tx) =>
    tx.alertSetting.upsert({
      where: { companyId_userId: { companyId, userId } },
      create: { companyId, userId, settings, updatedAt: now },
      update: { settings, updatedAt: now },
    }),
  );
  return alertSettings(who);
}

/** The settings of many operators; whoever has chosen nothing is not among them. */
export async function settingsOf(companyId: string, userIds: string[]): Promise<Map<string, AlertSettings>> {
  const rows = await read<{ userId: string; settings: unknown }>(
    companyId,
    `SELECT user_id AS "userId", settings FROM alert_setting WHERE company_id = $1 AND user_id = ANY($2)`,
    [companyId, userIds],
  );
  return new Map(rows.map(({ userId, settings }) => [userId, settingsFrom(settings)]));
}

/** Reads settings as they were stored; what did not exist then has its default. */
export function settingsFrom(stored: unknown): AlertSettings {
  const whole = AlertSettings.safeParse(stored);
  if (whole.success) return whole.data;
  const { matrix, ...rest } = (stored ?? {}) as Partial<AlertSettings>;
  const kinds = Object.keys(alertDefaults.matrix) as AlertKind[];
  const mended = AlertSettings.safeParse({
    ...alertDefaults,
    ...rest,
    matrix: Object.fromEntries(
      kinds.map((kind) => [kind, { ...alertDefaults.matrix[kind], ...matrix?.[kind] }]),
    ),
  });
  return mended.success ? mended.data : alertDefaults;
}
