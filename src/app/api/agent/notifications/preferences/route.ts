import { AlertSettings, AlertSettingsView } from "#contracts/notifications";
import { route } from "#http/route";
import { person } from "#http/who";
import { alertSettings, saveAlertSettings } from "#services/notifications";

export const GET = route({ who: person(), answer: AlertSettingsView }, ({ who }) => alertSettings(who));
export const PUT = route({ who: person(), body: AlertSettings, answer: AlertSettingsView }, ({ who, body }) =>
  saveAlertSettings(who, body),
);
