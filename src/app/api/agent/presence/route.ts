import { PresenceBody } from "#contracts/presence";
import { route } from "#http/route";
import { person } from "#http/who";
import { choosePresence } from "#services/notifications";

export const POST = route({ who: person(), body: PresenceBody }, ({ who, body }) =>
  choosePresence(who.companyId, who.userId, body.status),
);
