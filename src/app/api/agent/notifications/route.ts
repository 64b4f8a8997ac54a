import { AlertPage, AlertsQuery } from "#contracts/notifications";
import { route } from "#http/route";
import { person } from "#http/who";
import { listAlerts } from "#services/notifications";

export const GET = route({ who: person(), query: AlertsQuery, answer: AlertPage }, ({ who, query }) =>
  listAlerts(who, query),
);
