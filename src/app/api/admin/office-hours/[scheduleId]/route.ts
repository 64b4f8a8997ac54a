import { OfficeHoursPath, SaveOfficeHoursBody } from "#contracts/office-hours";
import { route } from "#http/route";
import { may } from "#http/who";
import { getOfficeHours, removeOfficeHours, saveOfficeHours } from "#services/handover";

export const GET = route({ who: may("desk:read"), params: OfficeHoursPath }, ({ who, params }) =>
  getOfficeHours(who.companyId, params.scheduleId),
);
export const PUT = route(
  { who: may("desk:write"), params: OfficeHoursPath, body: SaveOfficeHoursBody },
  ({ who, params, body }) => saveOfficeHours(who, params.scheduleId, body),
);
export const DELETE = route({ who: may("desk:write"), params: OfficeHoursPath }, ({ who, params }) =>
  removeOfficeHours(who, params.scheduleId),
);
