import { SaveOfficeHoursBody } from "#contracts/office-hours";
import { route } from "#http/route";
import { may } from "#http/who";
import { createOfficeHours, listOfficeHours } from "#services/handover";

export const GET = route({ who: may("desk:read") }, async ({ who }) => ({
  schedules: await listOfficeHours(who.companyId),
}));
export const POST = route(
  { who: may("desk:write"), body: SaveOfficeHoursBody, status: 201 },
  ({ who, body }) => createOfficeHours(who, body),
);
