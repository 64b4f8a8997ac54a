import { ReadAlertsBody, UnreadAlerts } from "#contracts/notifications";
import { route } from "#http/route";
import { person } from "#http/who";
import { readAlerts } from "#services/notifications";

export const POST = route({ who: person(), body: ReadAlertsBody, answer: UnreadAlerts }, ({ who, body }) =>
  readAlerts(who, body),
);
